using System.Text.Encodings.Web;
using System.Text.Json;

namespace PyBase.Storage.Records;

/// <summary>How JSON leaves PyBase: people's letters stay letters (the content type says it is JSON, so nothing runs as a script).</summary>
public static class JsonFormat
{
    /// <summary>For writers; what is written is right by construction.</summary>
    public static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
