using Npgsql;
using NpgsqlTypes;

namespace PyBase.Storage.Postgres;

/// <summary>A statement in the making: its text names each value by the place that <see cref="Value(object?)"/> gives it.</summary>
sealed class Statement
{
    public Statement(string text = "", params object?[] values)
    {
        Text = text;
        foreach (var value in values)
            Value(value);
    }

    public NpgsqlBatchCommand Command { get; } = new();

    public string Text { set => Command.CommandText = value; }

    /// <summary>The value's place, <c>$1</c>.</summary>
    public string Value(object? value)
    {
        Command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return $"${Command.Parameters.Count}";
    }

    /// <summary>The same for a value that may be null.</summary>
    public string Value(object? value, NpgsqlDbType type) => Value(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
}
