using Npgsql;

namespace PyBase.Storage.Postgres;

/// <summary>Statements with their values, <c>$1</c> being the first.</summary>
static class Commands
{
    /// <summary>One that is sent alone.</summary>
    public static NpgsqlCommand Command(this NpgsqlDataSource database, string sql, params ReadOnlySpan<object?> values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>One more of a batch, which PostgreSQL runs as one transaction.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }
}
