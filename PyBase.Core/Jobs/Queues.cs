namespace PyBase.Core.Jobs;

/// <summary>The queues of the background work, by name; a worker process takes the ones it is told to, all by default.</summary>
public static class Queues
{
    /// <summary>STEP, IFC, DXF and DWG files.</summary>
    public const string CadExtraction = "cad-extraction";
    /// <summary>PDF drawings.</summary>
    public const string PdfExtraction = "pdf-extraction";
    /// <summary>CSV, XLSX and JSON into tables.</summary>
    public const string Imports = "imports";
    /// <summary>Tables into files.</summary>
    public const string Exports = "exports";
    /// <summary>What people are told inside PyBase.</summary>
    public const string Notifications = "notifications";
    /// <summary>What they are told by mail.</summary>
    public const string Email = "email";
    /// <summary>What other systems are told.</summary>
    public const string Webhooks = "webhooks";
    /// <summary>What happens because something happened.</summary>
    public const string Automations = "automations";
    /// <summary>Retention, rebuilds, backfills.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>Every queue there is.</summary>
    public static IReadOnlyList<string> All { get; } =
        [CadExtraction, PdfExtraction, Imports, Exports, Notifications, Email, Webhooks, Automations, Maintenance];

    /// <summary>The queue for a file, by its name; the worker looks at the content.</summary>
    public static string ForFile(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".PDF" => PdfExtraction,
        ".CSV" or ".TSV" or ".XLSX" or ".JSON" or ".NDJSON" or ".JSONL" => Imports,
        _ => CadExtraction,
    };
}
