namespace PyBase.Extraction.Rows;

/// <summary>What the format says about a cell; text may still mean a number.</summary>
public enum CellKind
{
    /// <summary>As it stands in the file.</summary>
    Text,
    /// <summary>A number with a decimal point and without groups.</summary>
    Number,
    /// <summary>A day or a moment in ISO 8601.</summary>
    Date,
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
    /// <summary>A list or an object, as JSON.</summary>
    Json,
}

/// <summary>
/// The rows of a file, one after the other, with the memory of one row. What <see cref="this[int]"/> gives is good until the next <see cref="Read"/>.
/// </summary>
public abstract class RowReader : IDisposable
{
    /// <summary>Goes on to the next row that is not empty; false at the end.</summary>
    /// <exception cref="RowsBrokenException">The rest cannot be understood.</exception>
    public abstract bool Read();

    /// <summary>The line, row or item as people count it, from 1.</summary>
    public int Number { get; protected set; }

    /// <summary>Cells of the row; a later column is empty.</summary>
    public abstract int Count { get; }

    /// <summary>The text of a cell, empty when it has none.</summary>
    public abstract ReadOnlySpan<char> this[int column] { get; }

    /// <summary>What kind of cell it is.</summary>
    public virtual CellKind KindOf(int column) => CellKind.Text;

    /// <summary>The id that the file gives the row; null in formats without.</summary>
    public virtual string? Id => null;

    /// <summary>Where the row stands, in the words of the format; null where <see cref="Number"/> says it.</summary>
    public virtual string? Locator => null;

    /// <summary>How sure the reader is of the row, 0 to 1.</summary>
    public virtual double Confidence => 1;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>Rows that cannot be read any further.</summary>
/// <param name="code">One of <see cref="RowFindingCode"/> and <see cref="FindingCode"/>.</param>
/// <param name="message">For people.</param>
public sealed class RowsBrokenException(string code, string message) : Exception(message)
{
    /// <summary>The stable code.</summary>
    public string Code => code;
}
