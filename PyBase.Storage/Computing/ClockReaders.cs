using System.Collections.Concurrent;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Storage.Computing;

/// <summary>Notes that somebody reads a table with NOW() in it, so that it is kept to five minutes; once a minute for each table, beside the reading.</summary>
public sealed class ClockReaders(NpgsqlDataSource data, TimeProvider clock)
{
    static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, long> noted = new();

    /// <summary>The table is being read.</summary>
    public async ValueTask NoteAsync(Table table, CancellationToken cancellation)
    {
        if (!table.Fields.Any(f => f.Type is Computed { Clock: FormulaClock.Now }))
            return;
        var now = clock.GetTimestamp();
        if (noted.TryGetValue(table.Id, out var last) && clock.GetElapsedTime(last) < Often)
            return;
        noted[table.Id] = now;
        await using var command = data.CreateCommand(
            "update pybase.clocks set read = now(), due = least(due, greatest(now(), due - interval '55 minutes')) where table_id = $1 and clock = 'now'");
        command.Parameters.Add(new() { Value = table.Id });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
