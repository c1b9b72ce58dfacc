namespace PyBase.Core.History;

/// <summary>Through what something was done, as history says it.</summary>
public static class Through
{
    /// <summary>The word for a transaction's command and source.</summary>
    public static string Of(string command, string? source) => command switch
    {
        "Undo" => "undo",
        "Redo" => "redo",
        "Restore" => "restore",
        "SubmitForm" => "form",
        "UndoExtraction" => "import",
        _ when command.StartsWith("Import", StringComparison.Ordinal) => "import",
        _ when command.Contains("Automation", StringComparison.Ordinal) => "automation",
        _ => source switch { "client" => "client", "publicApi" => "api", null => "system", _ => source },
    };
}
