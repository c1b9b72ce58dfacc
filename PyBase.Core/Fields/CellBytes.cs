using System.Data.Common;

namespace PyBase.Core.Fields;

/// <summary>Cells as the database sends them: a text is UTF-8 there and in JSON, and need not become a string in between.</summary>
public static class CellBytes
{
    /// <summary>Kept for each thread; longer cells are rare.</summary>
    const int Kept = 2 << 10;

    [ThreadStatic]
    static byte[]? kept;

    /// <summary>The bytes of a cell that is not empty, until the next is asked for on this thread.</summary>
    public static ReadOnlySpan<byte> Of(DbDataReader row, int column)
    {
        var buffer = kept ??= new byte[Kept];
        var length = (int)row.GetBytes(column, 0, buffer, 0, Kept);
        if (length < Kept)
            return buffer.AsSpan(0, length);
        buffer = new byte[row.GetBytes(column, 0, null, 0, 0)];
        row.GetBytes(column, 0, buffer, 0, buffer.Length);
        return buffer;
    }
}
