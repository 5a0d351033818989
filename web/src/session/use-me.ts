import { useQuery } from "@tanstack/react-query";
import { me } from "../../../contract/index.ts";
import { request } from "../api/client.ts";

/** The signed-in person and their workspaces. */
export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: ({ signal }) => request("/me", me, { signal }), staleTime: 300_000 });
}
