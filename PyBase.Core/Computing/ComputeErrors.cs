using PyBase.Core.Errors;

namespace PyBase.Core.Computing;

/// <summary>Refusals of writes that computed cells cannot follow.</summary>
public static class ComputeErrors
{
    /// <summary>Records that contain each other have no roll-up.</summary>
    public static Error Ring(string link, IReadOnlyList<string> path) => new("link-cycle", ErrorKind.Invalid,
        $"The records would contain each other through \"{link.Excerpt()}\": {string.Join(" → ", path.Take(10))}{(path.Count > 10 ? $" … ({path.Count - 1} records)" : "")}.",
        "A roll-up over this link needs a tree. Take one of the links out.");
}
