namespace PyBase.Storage.Bus;

/// <summary>The only message there is: look at this job. What it is stands in PostgreSQL, so a message lost or doubled does no harm.</summary>
public sealed record RunJob(string JobId);
