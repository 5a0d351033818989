/** Words that carry no meaning of their own in a question about a table. */
export const stopWords = new Set(
  `a an the of in on at to for from with and or is are was were be been being am do does did done has have had having
  i me my we us our you your he she they them their it its his her this that these those there here what which who
  whom whose when where why how can could would should will shall may might must please show showing shows shown display displaying
  displayed displays draw drawing give giving gives get getting find finding tell telling return returning list listing listed see view visualize saw seen
  visualise visualizing visualization plot plotting plotted plots make making create creating generate chart charts graph graphs
  diagram axes axis report compute calculate calculating present want wanted like need let know about as so if then than
  also but just only all any some both such same corresponding correspond corresponds respective respectively more
  many much use using used uses using based by into out up down over per each every across among versus vs compare
  comparing compared comparison comparisons different differ differs difference between data dataset table value values
  say look looks looking understand help prefer explore analyze analyse depict depicting represent representing represents indicate
  exist exists belong belongs part total number numbers results result everything made produced come comes coming came go goes going went them one ones
  vary varies varied variation change changes changed changing affect affects affected behave depend depends depending
  impact influence mean means does hi hello ok okay thanks thank now current currently there's well
  bin bins binned interval intervals group groups grouped grouping attribute attributes form terms term color colored coloured
  colour coloring legend facet facets separate separated separately small multiples side stacked stack vertical horizontal
  appear appears occur occurs happen happened held take takes place works working work whether against most least own no yes
  what's who's where's how's don't whole entire individual single multiple several various set add label labels include
  included including along together s t d ll re ve describe described process processed during within around through via still yet already ever even got gets gotten`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words for the rows of any table. */
export const rowWords = new Set(
  "row rows record records entry entries item items observation observations case cases line instance instances".split(
    " ",
  ),
);
