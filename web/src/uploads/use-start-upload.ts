import { useMutation } from "@tanstack/react-query";
import { navigate } from "../routing/navigation.tsx";
import { datasetPath } from "../routing/routes.ts";
import { useUploads } from "./uploads.tsx";

/** Begins the upload of the files and opens the first one's page. */
export function useStartUpload(workspaceId: string | undefined) {
  const { uploads } = useUploads();
  return useMutation({
    mutationFn: async (files: File[]) => {
      if (workspaceId === undefined) throw new Error("There is no workspace to put the file in.");
      let first: string | undefined;
      for (const file of files) {
        const id = await uploads.start(file, workspaceId);
        first ??= id;
      }
      return first;
    },
    onSuccess: (datasetId) => {
      if (datasetId !== undefined) navigate(datasetPath(datasetId));
    },
  });
}

/** The example that comes with the page, as if it had been picked from a disk. */
export async function exampleFile(): Promise<File> {
  const response = await fetch("/examples/movies.csv");
  if (!response.ok) throw new Error("The example could not be loaded.");
  return new File([await response.blob()], "movies.csv", { type: "text/csv" });
}
