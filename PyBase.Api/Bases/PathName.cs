namespace PyBase.Api.Bases;

/// <summary>Names in paths.</summary>
static class PathName
{
    /// <summary>What the client meant: the server decodes every escape of a path but that of the slash, which would make two segments of one.</summary>
    public static string Of(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
