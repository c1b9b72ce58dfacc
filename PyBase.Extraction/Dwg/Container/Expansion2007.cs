namespace PyBase.Extraction.Dwg.Container;

/// <summary>
/// The compression of R2007: literals and repeats as in R2004 with other codes, and the literals of each run in pieces that stand
/// in another order than they are meant.
/// </summary>
ref struct Expansion2007(ReadOnlySpan<byte> source, Span<byte> target)
{
    // Of a run of n literals the pieces in the order they are meant: place and length; a negative length is read backwards.
    static readonly (int Place, int Length)[][] Pieces =
    [
        [], [(0, 1)], [(0, -2)], [(0, -3)], [(0, 4)], [(4, 1), (0, 4)], [(5, 1), (1, 4), (0, 1)], [(5, -2), (1, 4), (0, 1)],
        [(0, 8)], [(8, 1), (0, 8)], [(9, 1), (1, 8), (0, 1)], [(9, -2), (1, 8), (0, 1)], [(8, 4), (0, 8)], [(12, 1), (8, 4), (0, 8)],
        [(13, 1), (9, 4), (1, 8), (0, 1)], [(13, -2), (9, 4), (1, 8), (0, 1)],
        [(8, 8), (0, 8)], [(9, 8), (8, 1), (0, 8)], [(17, 1), (9, 8), (1, 8), (0, 1)], [(16, -3), (8, 8), (0, 8)], [(16, 4), (8, 8), (0, 8)],
        [(20, 1), (16, 4), (8, 8), (0, 8)], [(20, -2), (16, 4), (8, 8), (0, 8)], [(20, -3), (16, 4), (8, 8), (0, 8)],
        [(16, 8), (8, 8), (0, 8)], [(17, 8), (16, 1), (8, 8), (0, 8)], [(25, 1), (17, 8), (16, 1), (8, 8), (0, 8)],
        [(25, -2), (17, 8), (16, 1), (8, 8), (0, 8)], [(24, 4), (16, 8), (8, 8), (0, 8)], [(28, 1), (24, 4), (16, 8), (8, 8), (0, 8)],
        [(28, -2), (24, 4), (16, 8), (8, 8), (0, 8)], [(30, 1), (26, 4), (18, 8), (10, 8), (2, 8), (0, -2)],
    ];

    readonly ReadOnlySpan<byte> source = source;
    readonly Span<byte> target = target;
    int next, written, command, length, distance;
    bool isDamaged;

    /// <summary>Fills the target; gives how many bytes were made, fewer when the source is damaged.</summary>
    public int Run()
    {
        command = Next();
        if ((command & 0xF0) == 0x20)
        {
            next += 2;
            length = Next() & 7;
        }
        while (next < source.Length && written < target.Length && !isDamaged)
        {
            if (length == 0)
                LiteralLength();
            Literals();
            if (next >= source.Length || isDamaged)
                break;
            Repeats();
        }
        return written;
    }

    int Next()
    {
        if (next < source.Length)
            return source[next++];
        isDamaged = true;
        return 0;
    }

    void LiteralLength()
    {
        length = command + 8;
        if (length != 0x17)
            return;
        var more = Next();
        length += more;
        if (more != 255)
            return;
        do
        {
            more = Next() | (Next() << 8);
            length += more;
        }
        while (more == 0xFFFF && length < target.Length);
    }

    void Literals()
    {
        if (length < 0 || length > source.Length - next || length > target.Length - written)
        {
            isDamaged = true;
            return;
        }
        var run = source.Slice(next, length);
        next += length;
        for (; run.Length >= 32; run = run[32..])
        {
            for (var place = 24; place >= 0; place -= 8)
                Piece(run, place, 8);
        }
        foreach (var (place, size) in Pieces[run.Length])
            Piece(run, place, size);
    }

    void Piece(ReadOnlySpan<byte> run, int place, int size)
    {
        var piece = target.Slice(written, Math.Abs(size));
        run.Slice(place, piece.Length).CopyTo(piece);
        if (size < 0)
            piece.Reverse();
        written += piece.Length;
    }

    void Repeats()
    {
        command = Next();
        Instruction();
        while (!isDamaged)
        {
            Repeat();
            length = command & 7;
            if (length != 0 || next >= source.Length)
                return;
            command = Next();
            if (command >> 4 == 0)
                return;
            if (command >> 4 == 15)
                command &= 15;
            Instruction();
        }
    }

    void Instruction()
    {
        switch (command >> 4)
        {
            case 0:
                length = (command & 15) + 0x13;
                distance = Next();
                command = Next();
                length += (command >> 3) & 0x10;
                distance += ((command & 0x78) << 5) + 1;
                break;
            case 1:
                length = (command & 15) + 3;
                distance = Next();
                command = Next();
                distance += ((command & 0xF8) << 5) + 1;
                break;
            case 2:
                distance = Next() | (Next() << 8);
                length = command & 7;
                if ((command & 8) == 0)
                {
                    command = Next();
                    length += command & 0xF8;
                }
                else
                {
                    distance++;
                    length += Next() << 3;
                    command = Next();
                    length += ((command & 0xF8) << 8) + 0x100;
                }
                break;
            default:
                length = command >> 4;
                distance = command & 15;
                command = Next();
                distance += ((command & 0xF8) << 1) + 1;
                break;
        }
    }

    void Repeat()
    {
        if (distance > written || distance <= 0 || length > target.Length - written)
        {
            isDamaged = true;
            return;
        }
        for (var i = 0; i < length; i++, written++)
            target[written] = target[written - distance];
    }
}
