using System.Text.Json;
using PyBase.Api.Errors;
using PyBase.Api.Records;
using PyBase.Core.Dashboards;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Core.Shares;
using PyBase.Storage.Accounts;
using PyBase.Storage.Dashboards;
using PyBase.Storage.Records;

namespace PyBase.Api.Dashboards;

/// <summary>What a widget shows, for members and for visitors alike; each brings the definitions as they may know them, and what lets them in.</summary>
sealed class WidgetAnswers(BucketReader buckets, RecordReader records)
{
    /// <summary>Null when <paramref name="isWanted"/> lets nobody in.</summary>
    public async Task<IResult?> ShowAsync(HttpContext context, Asker asker, BaseSchema seen, WidgetQuestion asked, bool isForStrangers, Func<TableEntry, bool> isWanted)
    {
        var (output, format, found, isIn) = (new RecordOutput(), RecordsApi.Format(context) with { IsForStrangers = isForStrangers }, (TableEntry?)null, false);
        bool judge(TableEntry entry) => isIn = isWanted(found = entry);
        var json = output.Json;
        json.WriteStartObject();
        json.WriteString("type", asked.Type);
        if (asked.Text is not null)
            json.WriteString("text", asked.Text);
        else if (asked.ShowsRecords)
        {
            json.WriteStartArray("records");
            var page = await records.WritePageAsync(asker, seen, asked.Records(), format, output, judge, context.RequestAborted);
            json.WriteEndArray();
            json.WriteBoolean("hasMore", page.Last is not null);
        }
        else
            await buckets.WriteAsync(asker, seen, asked, format, json, judge, context.RequestAborted);
        if (asked.Table is { } table)
        {
            if (found is null || !isIn)
            {
                output.Dispose();
                return null;
            }
            json.WriteNumber("version", found.Version);
            WriteStale(json, [.. found.Stale.Where(id => asked.Named.Any(f => f.Id == id))]);
            json.WriteStartArray("fields");
            foreach (var field in asked.Named)
                SharedView.Write(json, field);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return new RecordAnswer(output);
    }

    /// <summary>Why a widget of a dashboard shows nothing: told without naming what is missing.</summary>
    public static IResult Broken => DashboardErrors.WidgetBroken.ToProblem();

    static void WriteStale(Utf8JsonWriter json, IReadOnlyList<string> fields)
    {
        if (fields.Count == 0)
            return;
        json.WriteStartArray("stale");
        foreach (var field in fields)
            json.WriteStringValue(field);
        json.WriteEndArray();
    }
}
