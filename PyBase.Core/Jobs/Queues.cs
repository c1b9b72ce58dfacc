using System.Collections.Frozen;

namespace PyBase.Core.Jobs;

/// <summary>The queues by type of work, and the work that each carries.</summary>
public static class Queues
{
    /// <summary>STEP, IFC, DXF, DWG.</summary>
    public const string CadExtraction = "cad-extraction";
    /// <summary>PDF.</summary>
    public const string PdfExtraction = "pdf-extraction";
    /// <summary>CSV, XLSX, JSON.</summary>
    public const string Imports = "imports";

    /// <summary>All of them; a worker without <c>--queues</c> takes all.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
        [CadExtraction, PdfExtraction, Imports, "exports", "notifications", "email", "webhooks", "automations", "maintenance"]);

    /// <summary>The queue for a file, by its name; the worker looks at the content.</summary>
    public static string ForFile(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".PDF" => PdfExtraction,
        ".CSV" or ".TSV" or ".XLSX" or ".JSON" => Imports,
        _ => CadExtraction,
    };
}
