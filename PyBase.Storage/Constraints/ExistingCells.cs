using Npgsql;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Constraints;

/// <summary>Do the rows that are there keep a constraint that is about to be set?</summary>
static class ExistingCells
{
    const int Examples = 5;

    /// <summary>The refusal with number and examples; null when all rows keep it. Everybody who writes waits meanwhile, so for at most five seconds.</summary>
    public static async Task<Error?> BrokenAsync(BaseTransaction transaction, Table table, Field field, FieldConstraints constraints, CancellationToken cancellation)
    {
        if (constraints == FieldConstraints.None)
            return null;
        try
        {
            await transaction.ExecuteAsync("set local statement_timeout = '5s'", cancellation);
            var broken = await CountAsync(transaction, table, field, constraints, cancellation) ?? await MatchAsync(transaction, table, field, constraints.Pattern, cancellation);
            await transaction.ExecuteAsync("set local statement_timeout to default", cancellation);
            return broken;
        }
        catch (PostgresException slow) when (slow.SqlState is PostgresErrorCodes.QueryCanceled && !cancellation.IsCancellationRequested)
        {
            return ConstraintErrors.TooLarge;
        }
    }

    /// <summary>Records that hold what another holds; outside the transaction, before the index is built.</summary>
    public static async Task<Error?> RepeatedAsync(NpgsqlDataSource data, string baseId, Table table, UniqueIndex index, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"""
            with same as (select count(*) as n, min(_number) as first, (array_agg(_id order by _number))[1:2] as ids
                          from {Sql.Table(baseId, table.Id)} where {index.IsWhole} group by {index.Columns} having count(*) > 1)
            select coalesce(sum(n), 0)::bigint, array(select unnest(ids) from (select ids from same order by first limit {Examples}) examples) from same
            """);
        command.CommandTimeout = UniqueIndexes.PatienceSeconds;
        return await ReadAsync(command, $"{string.Join(", ", index.Fields.Select(f => $"\"{f.Name}\""))} must be unique", cancellation);
    }

    static async Task<Error?> CountAsync(BaseTransaction transaction, Table table, Field field, FieldConstraints constraints, CancellationToken cancellation)
    {
        var (column, measure) = (Sql.Column(field), Measure(field));
        var parameters = new List<object?>();
        var rules = new List<(string Sql, string Rule)>();
        if (constraints.Required)
            rules.Add(($"{column} is null", $"\"{field.Name}\" must have a value"));
        if (constraints.Min is { } min)
            rules.Add(($"{measure} < {Parameter(min)}", $"the least of \"{field.Name}\" is {min.Say(field.Type)}"));
        if (constraints.Max is { } max)
            rules.Add(($"{measure} > {Parameter(max)}", $"the most of \"{field.Name}\" is {max.Say(field.Type)}"));
        if (rules.Count == 0)
            return null;
        var found = await transaction.ListAsync($"""
            select count(*), array(select _id from {Sql.Table(transaction.Schema.Id, table.Id)} where {Any()} order by _number limit {Examples})
            from {Sql.Table(transaction.Schema.Id, table.Id)} where {Any()}
            """, Read, cancellation, [.. parameters]);
        return Broken(string.Join(", ", rules.Select(r => r.Rule)), found[0]);

        string Any() => string.Join(" or ", rules.Select(r => r.Sql));

        string Parameter(Limit limit)
        {
            parameters.Add(limit.Value);
            return $"${parameters.Count}";
        }
    }

    /// <summary>The text of every cell passes by here, as only this side knows the kind of expression.</summary>
    static async Task<Error?> MatchAsync(BaseTransaction transaction, Table table, Field field, TextPattern? pattern, CancellationToken cancellation)
    {
        if (pattern is null)
            return null;
        var (count, examples) = (0L, new List<string>());
        await transaction.ListAsync($"select _id, {Sql.Column(field)} from {Sql.Table(transaction.Schema.Id, table.Id)} where {Sql.Column(field)} is not null order by _number", row =>
        {
            if (!pattern.Matches(row.GetString(1)) && ++count <= Examples)
                examples.Add(row.GetString(0));
            return true;
        }, cancellation);
        return count == 0 ? null : ConstraintErrors.Violated($"the text of \"{field.Name}\" must match {pattern.Expression}", count, string.Join(", ", examples));
    }

    static async Task<Error?> ReadAsync(NpgsqlCommand command, string rule, CancellationToken cancellation)
    {
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return Broken(rule, Read(row));
    }

    static (long Count, string[] Examples) Read(NpgsqlDataReader row) => (row.GetInt64(0), row.GetFieldValue<string[]>(1));

    static Error? Broken(string rule, (long Count, string[] Examples) found) => found.Count > 0 ? ConstraintErrors.Violated(rule, found.Count, string.Join(", ", found.Examples)) : null;

    /// <summary>As <see cref="Limit.MeasureOf"/>.</summary>
    static string Measure(Field field) => field.Type switch
    {
        TimeOfDay => $"{Sql.Column(field)} collate \"C\"",
        Text => $"char_length({Sql.Column(field)})",
        MultipleAttachments => $"jsonb_array_length({Sql.Column(field)})",
        { Column: ColumnType.Ids } => $"cardinality({Sql.Column(field)})",
        _ => Sql.Column(field),
    };
}
