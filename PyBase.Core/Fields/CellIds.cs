using System.Buffers.Binary;
using System.Data.Common;

namespace PyBase.Core.Fields;

/// <summary>
/// The ids of a cell (<see cref="ColumnType.Ids"/>), one by one, as bytes of ASCII, without an array of strings. PostgreSQL's form of an array: number of dimensions, flags, type of the
/// elements, for each dimension its length and its lower bound, then of each element its length and its bytes; numbers are big-endian and four bytes long
/// (<c>array_send</c>). An empty array has no dimension; no id is null.
/// </summary>
public ref struct CellIds
{
    const int Number = sizeof(int), Elements = 5 * Number;

    ReadOnlySpan<byte> rest;

    /// <summary>Those of a cell that is not empty, until another cell is read on this thread.</summary>
    public static CellIds Of(DbDataReader row, int column)
    {
        var bytes = CellBytes.Of(row, column);
        return new() { rest = bytes.Length > Elements ? bytes[Elements..] : [] };
    }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly CellIds GetEnumerator() => this;

    /// <summary>The id at hand.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        if (rest.IsEmpty)
            return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        Current = rest.Slice(Number, length);
        rest = rest[(Number + length)..];
        return true;
    }
}
