namespace PyBase.Core.Mails;

/// <summary>A message as it leaves, said twice: for programs that show HTML and for those that do not.</summary>
public sealed record Mail(string Subject, string Text, string Html);
