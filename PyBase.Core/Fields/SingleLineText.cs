namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>singleLineText</c>. A line break is kept as it came, as there.</summary>
public sealed class SingleLineText : Text
{
    /// <inheritdoc/>
    public override string Name => "singleLineText";
}
