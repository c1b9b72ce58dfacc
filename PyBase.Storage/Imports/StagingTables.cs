using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Fields;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Imports;

/// <summary>A row on its way into a table.</summary>
/// <param name="Id">It will have.</param>
/// <param name="Values">As its fields store them.</param>
/// <param name="Locator">Where it stands in a drawing; null for other files.</param>
/// <param name="Confidence">How sure that is.</param>
public sealed record StagedRow(string Id, object?[] Values, string? Locator = null, double Confidence = 1);

/// <summary>
/// Two unlogged tables in the base's schema into which an import copies its next rows while the rows before go from the other into their table: what travels is
/// in the database already when the locks are taken. Whoever takes the job over makes tables of its own, so that a worker which lost the job and does not know yet
/// takes none of them away.
/// </summary>
public sealed class StagingTables : IAsyncDisposable
{
    const int Slots = 2;

    readonly NpgsqlDataSource data;
    readonly string baseId, prefix;
    readonly ColumnType[] columns;

    StagingTables(NpgsqlDataSource data, string baseId, string prefix, ColumnType[] columns) => (this.data, this.baseId, this.prefix, this.columns) = (data, baseId, prefix, columns);

    /// <summary>Makes them for one try of a job, for values of these kinds.</summary>
    public static async Task<StagingTables> CreateAsync(NpgsqlDataSource data, string baseId, string jobId, int attempt, IEnumerable<ColumnType> columns, CancellationToken cancellation)
    {
        var staging = new StagingTables(data, baseId, $"{Prefix}{jobId}_{attempt}", [.. columns]);
        await ExecuteAsync(data, string.Concat(Enumerable.Range(0, Slots).Select(slot => $"""
            drop table if exists {staging.Name(slot)};
            create unlogged table {staging.Name(slot)} (place int, id text collate "C"{string.Concat(staging.columns.Select((type, n) => $", c{n} {Sql.Type(type)}"))});
            """)), cancellation);
        return staging;
    }

    /// <summary>Takes away what workers left that died: of one job, or of all that are at their end or will not go on.</summary>
    public static async Task SweepAsync(NpgsqlDataSource data, string? jobId, CancellationToken cancellation)
    {
        var left = new List<string>();
        await using (var command = data.CreateCommand($"""
            select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and c.relname like '{Prefix.Replace("_", "\\_", StringComparison.Ordinal)}job%' and ($1::text is null or split_part(c.relname, '_', 2) = $1)
              and ($1::text is not null or not exists (select from pybase.jobs j where j.id = split_part(c.relname, '_', 2) and j.state in ('queued', 'running')))
            """))
        {
            command.Parameters.Add(new() { Value = (object?)jobId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                left.Add(row.GetString(0));
        }
        foreach (var name in left)
            try
            {
                await using var connection = await data.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                await using var drop = new NpgsqlCommand($"set local lock_timeout = '500ms'; drop table if exists {name}", connection, transaction);
                await drop.ExecuteNonQueryAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            }
            catch (PostgresException held) when (held.SqlState is PostgresErrorCodes.LockNotAvailable)
            {
                // A worker that is paused in the middle of a copy holds it; the next sweep takes it.
            }
    }

    const string Prefix = "stg_";

    internal string Name(int slot) => Sql.Table(baseId, $"{prefix}_{slot % Slots}");

    /// <summary>Copies rows into a slot in place of what it held.</summary>
    public async Task FillAsync(int slot, IReadOnlyList<StagedRow> rows, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // A paused process would hold the table until TCP gives up. A copy waits for its client without being idle, so that both limits are needed.
        await using (var truncate = new NpgsqlCommand($"set local idle_in_transaction_session_timeout = '30s'; set local statement_timeout = '60s'; truncate {Name(slot)}", connection, transaction))
            await truncate.ExecuteNonQueryAsync(cancellation);
        await using (var copy = await connection.BeginBinaryImportAsync($"copy {Name(slot)} from stdin (format binary)", cancellation))
        {
            for (var place = 0; place < rows.Count; place++)
            {
                await copy.StartRowAsync(cancellation);
                // Into the driver's buffer; what is sent is sent by the next row's start.
                copy.Write(place, NpgsqlDbType.Integer);
                copy.Write(rows[place].Id, NpgsqlDbType.Text);
                for (var n = 0; n < columns.Length; n++)
                    Write(copy, columns[n], rows[place].Values[n]);
            }
            await copy.CompleteAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    static void Write(NpgsqlBinaryImporter copy, ColumnType type, object? value)
    {
        switch (value)
        {
            case null:
                copy.WriteNull();
                break;
            case double number:
                copy.Write(number, NpgsqlDbType.Double);
                break;
            case bool ticked:
                copy.Write(ticked, NpgsqlDbType.Boolean);
                break;
            case DateOnly day:
                copy.Write(day, NpgsqlDbType.Date);
                break;
            case DateTime instant:
                copy.Write(instant, NpgsqlDbType.TimestampTz);
                break;
            case string[] items:
                copy.Write(items, NpgsqlDbType.Array | NpgsqlDbType.Text);
                break;
            default:
                copy.Write((string)value, type is ColumnType.Json ? NpgsqlDbType.Jsonb : NpgsqlDbType.Text);
                break;
        }
    }

    static async Task ExecuteAsync(NpgsqlDataSource data, string sql, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await ExecuteAsync(data, string.Concat(Enumerable.Range(0, Slots).Select(slot => $"drop table if exists {Name(slot)};")), CancellationToken.None);
}
