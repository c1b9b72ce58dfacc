namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>phoneNumber</c>. Any text is accepted, as there.</summary>
public sealed class PhoneNumber : Text
{
    /// <inheritdoc/>
    public override string Name => "phoneNumber";
}
