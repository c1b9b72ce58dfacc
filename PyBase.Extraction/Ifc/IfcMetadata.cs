using PyBase.Extraction.Envelope;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>What the header and the project say about the file, and the units of its lengths and angles.</summary>
static class IfcMetadata
{
    public static Dictionary<string, string> Of(Part21Header header, IfcContent content)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(string key, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                metadata.TryAdd(key, value);
        }

        Add("schema", string.Join(", ", header.Schemas));
        Add("description", header.Description);
        Add("implementation_level", header.ImplementationLevel);
        Add("file_name", header.Name);
        Add("time_stamp", header.TimeStamp);
        Add("authors", string.Join(", ", header.Authors));
        Add("organizations", string.Join(", ", header.Organizations));
        Add("preprocessor_version", header.PreprocessorVersion);
        Add("originating_system", header.OriginatingSystem);
        Add("authorization", header.Authorization);
        var project = content.Projects().FirstOrDefault();
        Add("project", project?.Name);
        Add("project_long_name", project?.LongName);
        Add("project_phase", project?.Phase);
        return metadata;
    }

    public static ExtractionUnits Units(ProjectUnits units)
    {
        var length = units.OfType("LENGTHUNIT");
        // IFC measures angles in radians where no unit is assigned.
        var angle = units.OfType("PLANEANGLEUNIT")?.Symbol == "°" ? "deg" : "rad";
        return new ExtractionUnits(length?.Symbol ?? "m", angle, length is null ? UnitSource.Assumed : UnitSource.Declared);
    }
}
