using System.Text.RegularExpressions;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>What the header says about the file.</summary>
static partial class StepMetadata
{
    public static Dictionary<string, string> Of(Part21Header header)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(string key, string value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                metadata.TryAdd(key, value.Trim());
        }

        Add("schema", string.Join(", ", header.Schemas));
        var (protocol, edition) = Protocol(header.Schemas is [var first, ..] ? first : "");
        Add("application_protocol", protocol);
        Add("edition", edition);
        Add("description", header.Description);
        Add("implementation_level", header.ImplementationLevel);
        Add("file_name", header.Name);
        Add("time_stamp", header.TimeStamp);
        Add("authors", string.Join(", ", header.Authors.Where(author => author.Trim().Length > 0)));
        Add("organizations", string.Join(", ", header.Organizations.Where(organization => organization.Trim().Length > 0)));
        Add("preprocessor_version", header.PreprocessorVersion);
        Add("originating_system", header.OriginatingSystem);
        Add("authorization", header.Authorization);
        return metadata;
    }

    /// <summary>
    /// The application protocol by the schema's name, its edition by the object identifier behind it:
    /// <c>AP242_MANAGED_MODEL_BASED_3D_ENGINEERING_MIM_LF { 1 0 10303 442 3 1 4 }</c> is AP242, edition 3.
    /// </summary>
    public static (string Protocol, string Edition) Protocol(string schema)
    {
        var name = schema.Split('{')[0].Trim().ToUpperInvariant();
        var protocol = name switch
        {
            _ when name.StartsWith("AP", StringComparison.Ordinal) && LeadingProtocol().Match(name) is { Success: true } match => "AP" + match.Groups[1].Value,
            "CONFIG_CONTROL_DESIGN" => "AP203",
            "CONFIG_CONTROLLED_3D_DESIGN_OF_MECHANICAL_PARTS_AND_ASSEMBLIES_MIM_LF" => "AP203",
            _ when name.StartsWith("AUTOMOTIVE_DESIGN", StringComparison.Ordinal) => "AP214",
            "STRUCTURAL_ANALYSIS_DESIGN" => "AP209",
            _ => "",
        };
        // AP242: part 442 is its schema, first 1 (edition 1), then 2 or 3 (edition 2), 4 and on (edition 3).
        var edition = Identifier().Match(schema) is { Success: true } found && protocol is "AP242"
            ? found.Groups[1].Value switch { "1" => "1", "2" or "3" => "2", "" => "", _ => "3" }
            : "";
        return (protocol, edition);
    }

    [GeneratedRegex(@"^AP(\d{3})", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingProtocol();

    [GeneratedRegex(@"10303\s+442\s+(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
