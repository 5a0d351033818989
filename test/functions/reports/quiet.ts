// Imported before anything that makes a logger: what functions log is not what these tests look at.
process.env.POWERTOOLS_LOG_LEVEL ??= "SILENT";
process.env.POWERTOOLS_TRACE_ENABLED ??= "false";
