namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>richText</c>: Markdown, kept as it came.</summary>
public sealed class RichText : Text
{
    /// <inheritdoc/>
    public override string Name => "richText";
}
