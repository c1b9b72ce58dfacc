using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PyBase.Core.Dashboards;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Core.Snapshots;
using PyBase.Storage.Files;

namespace PyBase.Storage.Snapshots;

/// <summary>What a snapshot is of.</summary>
public sealed record SnapshotHead(string BaseId, string Name, DateTimeOffset Time, long Records);

/// <summary>Reads snapshots, a line at a time. Ids in it become names in the database, so each is looked at before anything is done.</summary>
sealed class SnapshotLines(FileStore files, byte[] sha256)
{
    /// <summary>Longest line: a chunk of rows as wide as rows may be.</summary>
    const int MaxLine = 256 << 20;

    /// <summary>Reads the whole file: is it complete, unchanged, and made of what a base is made of?</summary>
    public async Task<Result<SnapshotHead>> CheckAsync(CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SnapshotHead? head = null;
        var (lines, records, isEnded) = (0L, 0L, false);
        var (tables, fields) = (new HashSet<string>(), new Dictionary<string, string>());
        try
        {
            await foreach (var line in TextAsync(cancellation))
            {
                if (isEnded)
                    return SnapshotErrors.NotWhole("it goes on behind its end");
                using var json = JsonDocument.Parse(line);
                var root = json.RootElement;
                if (root.TryGet("end", out var end))
                {
                    isEnded = end.GetText("sha256") == Convert.ToHexStringLower(hash.GetHashAndReset()) && end.TryGet("lines", out var count) && count.ValueKind is JsonValueKind.Number && count.TryGetInt64(out var told) && told == lines;
                    if (!isEnded)
                        return SnapshotErrors.NotWhole("its hash is another one");
                    continue;
                }
                hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
                if (lines++ == 0)
                {
                    if (root.GetText("pybase") != "snapshot" || !root.TryGetInt("format", out var format) || format != SnapshotWriter.Format || !Id.Is(root.GetText("base"), "app"))
                        return SnapshotErrors.NotWhole("it does not begin as one");
                    head = new SnapshotHead(root.GetText("base")!, root.GetText("name") ?? "", DateTimeOffset.TryParse(root.GetText("time"), CultureInfo.InvariantCulture, out var time) ? time : default, 0);
                }
                else if (Fault(root, tables, fields) is { } fault)
                    return SnapshotErrors.DoesNotFit(fault);
                if (root.TryGet("rows", out _))
                    records += root.GetProperty("values").GetArrayLength();
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or EndOfStreamException or DecoderFallbackException)
        {
            return SnapshotErrors.NotWhole("it cannot be unpacked");
        }
        return isEnded && head is not null ? head with { Records = records } : SnapshotErrors.NotWhole("its end is missing");
    }

    static string? Fault(JsonElement line, HashSet<string> tables, Dictionary<string, string> fields)
    {
        if (line.TryGet("table", out var table))
            return !Id.Is(table.GetText("id"), "tbl") || !tables.Add(table.GetText("id")!) || table.GetText("name") is not { Length: > 0 and <= TableSpec.MaxName } || !Id.Is(table.GetText("primaryField"), "fld") || tables.Count > TableSpec.MaxTables ? "a table" : null;
        if (line.TryGet("field", out var field))
        {
            var (id, of) = (field.GetText("id"), field.GetText("table") ?? "");
            var isRead = Id.Is(id, "fld") && tables.Contains(of) && field.GetText("name") is { Length: > 0 and <= TableSpec.MaxName } && fields.TryAdd(id!, of)
                && FieldTypes.Read(field.GetText("type") ?? "", field.TryGet("options", out var options) ? options : default, new FieldScope(id!, tables.Contains, IsStored: true)).TryGet(out var type, out _)
                && (type is not MultipleRecordLinks link || (Id.Is(link.LinkTable, "fld") && tables.Contains(link.LinkedTableId) && (link.InverseFieldId is null || Id.Is(link.InverseFieldId, "fld"))));
            return isRead ? null : $"field {id}";
        }
        if (line.TryGet("view", out var view))
            return Id.Is(view.GetText("id"), "viw") && tables.Contains(view.GetText("table") ?? "") ? null : "a view";
        if (line.TryGet("unique", out var unique))
            return unique.GetText("id") is { Length: Id.Length } uniqueId && uniqueId.All(char.IsAsciiLetterOrDigit) && tables.Contains(unique.GetText("table") ?? "") && unique.TryGetList("fields", out var of2) && of2.All(f => fields.ContainsKey(f.GetString() ?? "")) ? null : "a constraint";
        if (line.TryGet("rows", out var rows))
            return tables.Contains(rows.GetString() ?? "") && line.TryGetList("values", out var values) && values.All(v => Id.Is(v.GetText("_id"), "rec")) ? null : "a row";
        if (line.TryGet("links", out var links))
            return fields.ContainsKey(links.GetString() ?? "") && line.TryGetList("values", out var pairs) && pairs.All(p => p.GetArrayLength() == 4 && Id.Is(p[0].GetString(), "rec") && Id.Is(p[1].GetString(), "rec")) ? null : "a link";
        if (line.TryGet("comment", out var comment))
            return Id.Is(comment.GetText("id"), "com") && tables.Contains(comment.GetText("table") ?? "") && Id.Is(comment.GetText("record"), "rec") ? null : "a comment";
        if (line.TryGet("dashboard", out var dashboard))
            return Id.Is(dashboard.GetText("id"), "dsh") && dashboard.GetText("name") is { Length: > 0 and <= TableSpec.MaxName } && dashboard.TryGetList("widgets", out var widgets) && widgets.Count <= Dashboard.MaxWidgets ? null : "a dashboard";
        if (line.TryGet("attachment", out var attachment))
            return Id.Is(attachment.GetText("id"), "att") && (attachment.GetText("sha256") is null or { Length: 64 }) ? null : "an attachment";
        return line.TryGet("webhook", out _) ? null : "a line of an unknown kind";
    }

    /// <summary>The lines behind the first and before the last; to be asked for after <see cref="CheckAsync"/>.</summary>
    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var isFirst = true;
        await foreach (var line in TextAsync(cancellation))
        {
            if (isFirst)
            {
                isFirst = false;
                continue;
            }
            var json = JsonSerializer.Deserialize<JsonElement>(line);
            if (!json.TryGet("end", out _))
                yield return json;
        }
    }

    async IAsyncEnumerable<string> TextAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = files.OpenRead(sha256);
        await using var unpacked = new GZipStream(new BufferedStream(file, 1 << 16), CompressionMode.Decompress);
        var (buffer, line) = (new byte[1 << 16], new MemoryStream());
        for (int read; (read = await unpacked.ReadAsync(buffer, cancellation)) > 0;)
            for (var at = 0; at < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', at, read - at);
                line.Write(buffer, at, (end < 0 ? read : end) - at);
                // A bomb of one endless line.
                if (line.Length > MaxLine)
                    throw new InvalidDataException("A line is too long.");
                at = end < 0 ? read : end + 1;
                if (end < 0)
                    continue;
                yield return Strict.GetString(line.GetBuffer(), 0, (int)line.Length);
                line.SetLength(0);
            }
        if (line.Length > 0)
            throw new EndOfStreamException();
    }

    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
}
