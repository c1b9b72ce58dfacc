namespace PyBase.Core.Mails;

/// <summary>A message as it leaves, said twice: for programs that show HTML and for those that do not.</summary>
/// <param name="Unsubscribe">Where a mail program ends mails of this kind for its owner (RFC 8058); null for those that nobody can do without.</param>
public sealed record Mail(string Subject, string Text, string Html, string? Unsubscribe = null);
