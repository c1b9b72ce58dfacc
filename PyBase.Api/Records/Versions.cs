using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;

namespace PyBase.Api.Records;

/// <summary>The version of a table on its answers: <c>PyBase-Version</c> for programs, <c>ETag</c> for caches.</summary>
static class Versions
{
    /// <summary>Names the versions that a write made.</summary>
    public static void Show(HttpContext context, IReadOnlyDictionary<string, long> versions)
    {
        if (versions.Count > 0)
            context.Response.Headers["PyBase-Version"] = string.Join(", ", versions.Select(v => $"{v.Key}={v.Value}"));
    }

    /// <summary>
    /// Refuses an answer that is older than what the caller has seen: the header <c>PyBase-At-Least</c> in the form of <c>PyBase-Version</c>. Other tables in it
    /// do not matter here.
    /// </summary>
    public static Error? Behind(HttpContext context, string tableId, long version) =>
        !Read(context, tableId).TryGet(out var least, out var error) ? error : least > version ? RecordErrors.Behind(tableId, version, least.Value) : null;

    /// <summary>The version of the table that the caller has seen; null when they do not say, or say it wrong.</summary>
    public static long? Seen(HttpContext context, string tableId) => Read(context, tableId).TryGet(out var least, out _) ? least : null;

    static Result<long?> Read(HttpContext context, string tableId)
    {
        long? least = null;
        foreach (var seen in context.Request.Headers["PyBase-At-Least"].SelectMany(header => (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (seen.Split('=') is not [var table, var number] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                return RecordErrors.InvalidRequest("PyBase-At-Least is a list of table=version.");
            if (table == tableId && !(least >= version))
                least = version;
        }
        return least;
    }

    /// <summary>Names the version, and on GET its tag; true when the caller has that answer already. An answer that depends on more than the version has no tag.</summary>
    public static bool IsKnown(HttpContext context, BaseSchema schema, string tableId, long version, IReadOnlyList<Field> fields, bool followsVersion = true)
    {
        context.Response.Headers["PyBase-Version"] = $"{tableId}={version}";
        if (!followsVersion)
            context.Response.Headers.CacheControl = "private, no-store";
        if (!followsVersion || !HttpMethods.IsGet(context.Request.Method))
            return false;
        var tag = new EntityTagHeaderValue($"\"{schema.Epoch}.{schema.Version}{schema.Class}.{version}{LinkAge(context, fields)}.{Query(context)}\"", isWeak: true);
        context.Response.GetTypedHeaders().ETag = tag;
        // What is behind a session cookie is nobody else's to keep, and every use asks again.
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
    }

    /// <summary>Links to attachments work for two hours, so an answer with some is good for one; so is one with names of people, who may change theirs.</summary>
    static string LinkAge(HttpContext context, IReadOnlyList<Field> fields) => fields.Any(f => f.Type is MultipleAttachments or IShowsPeople)
        ? $".{context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().Ticks / TimeSpan.TicksPerHour}"
        : "";

    /// <summary>The same in every process.</summary>
    static string Query(HttpContext context) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.QueryString.Value ?? ""))[..8]);
}
