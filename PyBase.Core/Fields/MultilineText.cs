namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>multilineText</c>.</summary>
public sealed class MultilineText : Text
{
    /// <inheritdoc/>
    public override string Name => "multilineText";
}
