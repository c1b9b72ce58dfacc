using PyBase.Core.Errors;

namespace PyBase.Core.Computing;

/// <summary>Refusals of writes that computed cells cannot follow.</summary>
public static class ComputeErrors
{
    /// <summary>Records that contain each other have no roll-up.</summary>
    public static Error Ring(string link, string path, int records) => new("link-cycle", ErrorKind.Invalid,
        $"The records would contain each other through \"{link.Excerpt()}\": {path.Excerpt()} ({records} records).",
        "A roll-up over this link needs a tree. Take one of the links out.");
}
