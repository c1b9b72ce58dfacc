namespace PyBase.Standalone.Embedded;

/// <summary>An embedded part cannot run. The message is a sentence for the person who started PyBase: what is wrong and what to do.</summary>
sealed class EmbeddedPartException(string message, Exception? inner = null) : Exception(message, inner);
