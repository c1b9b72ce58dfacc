namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>url</c>. Any text is accepted, as there.</summary>
public sealed class Url : Text
{
    /// <inheritdoc/>
    public override string Name => "url";
}
