namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>email</c>. Any text is accepted, as there; what is no address is shown without a link.</summary>
public sealed class Email : Text
{
    /// <inheritdoc/>
    public override string Name => "email";
}
