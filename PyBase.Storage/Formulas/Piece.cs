namespace PyBase.Storage.Formulas;

/// <summary>An expression in SQL, with what those around it must know.</summary>
/// <param name="Sql">Binds as tightly as an operand.</param>
sealed record Piece(string Sql)
{
    /// <summary>It may be null, which is blank; of a condition: false.</summary>
    public bool IsNullable { get; init; } = true;

    /// <summary>Text that is null when it is empty, as stored text is.</summary>
    public bool IsNeverEmpty { get; init; }

    /// <summary>Text or null: the error of this row. Null when it cannot fail. The value then means nothing.</summary>
    public string? Error { get; init; }

    /// <summary>So short that it may be written twice.</summary>
    public bool IsAtom { get; init; }

    /// <summary>The lateral it stands behind.</summary>
    public int Level { get; init; }

    /// <summary>How deep its SQL is nested.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Set for a comparison with a constant, so that many of them become one <c>in</c>.</summary>
    public (string Left, string Literal)? IsEqual { get; init; }

    public string Number => IsNullable ? $"coalesce({Sql}, 0)" : Sql;

    public string Text => IsNullable ? $"coalesce({Sql}, '')" : Sql;

    /// <summary>Never null.</summary>
    public string Truth => IsNullable ? $"({Sql} is true)" : Sql;

    public static Piece Solid(string sql) => new(sql) { IsNullable = false };
}
