namespace PyBase.Extraction.Dwg.Container;

/// <summary>
/// The compression of R2007 (Open Design Specification for .dwg files, "R2007 DWG file format organization"): runs of literal bytes and
/// repeats of what was written before, by turns. The last byte of a repeat says in three bits how many literals follow; for none, the
/// next code is another repeat or, below 0x10, a longer run.
/// <code>
/// 0n dd mm      repeat n + 19 (+ 16), from d and m          behind another repeat written Fn
/// 1n dd mm      repeat n + 3, from d and m
/// 2n dd dd ..   a long one or one from far: n below 8 with one byte more, from 8 on with two
/// nd mm         repeat n, from d and m
/// </code>
/// </summary>
ref struct Expansion2007(ReadOnlySpan<byte> source, Span<byte> target)
{
    readonly record struct Repeat(int Length, int Distance, int Literals);

    const string Whole = "8888";

    /// <summary>By its length modulo 32, the pieces in which a run of literals is stored: from its end to its beginning.</summary>
    static readonly string[] Pieces =
    [
        "", "1", "11", "111", "4", "41", "141", "1411", "8", "81", "181", "1811", "84", "841", "1841", "18411",
        "88", "818", "1881", "88111", "884", "8841", "88411", "884111", "888", "8818", "88181", "881811", "8884", "88841", "888411", "1188841",
    ];

    readonly ReadOnlySpan<byte> source = source;
    readonly Span<byte> target = target;
    int next, written;
    bool isDamaged;

    /// <summary>Fills the target; gives how many bytes were made, fewer when the source is damaged.</summary>
    public int Run()
    {
        var literals = Opening();
        while (Copy(literals) && next < source.Length && written < target.Length)
            literals = Repeats();
        return written;
    }

    int Opening()
    {
        var code = Next();
        if (code >> 4 != 2)
            return LiteralLength(code);
        next += 2;
        var few = Next() & 7;
        return few > 0 ? few : LiteralLength(code);
    }

    /// <summary>Repeats until one is followed by literals; how many.</summary>
    int Repeats()
    {
        var code = Next();
        while (true)
        {
            var repeat = ReadRepeat(code);
            if (!Copy(repeat) || repeat.Literals > 0 || next >= source.Length)
                return repeat.Literals;
            code = Next();
            if (code < 0x10)
                return LiteralLength(code);
            if (code >= 0xF0)
                code &= 0x0F;
        }
    }

    Repeat ReadRepeat(int code)
    {
        var (kind, small) = (code >> 4, code & 15);
        if (kind == 2)
            return ReadFar(small);
        var low = kind < 2 ? Next() : small;
        var last = Next();
        return kind switch
        {
            0 => new Repeat(small + 0x13 + ((last >> 3) & 0x10), low + ((last & 0x78) << 5) + 1, last & 7),
            1 => new Repeat(small + 3, low + ((last & 0xF8) << 5) + 1, last & 7),
            _ => new Repeat(kind, low + ((last & 0xF8) << 1) + 1, last & 7),
        };
    }

    Repeat ReadFar(int small)
    {
        var distance = Next() | (Next() << 8);
        var third = Next();
        if (small < 8)
            return new Repeat(small + (third & 0xF8), distance, third & 7);
        var last = Next();
        return new Repeat((small & 7) + (third << 3) + ((last & 0xF8) << 8) + 0x100, distance + 1, last & 7);
    }

    int LiteralLength(int code)
    {
        var length = code + 8;
        if (code != 15)
            return length;
        var more = Next();
        length += more;
        for (var isMore = more == 0xFF; isMore && length < target.Length; length += more)
        {
            more = Next() | (Next() << 8);
            isMore = more == 0xFFFF;
        }
        return length;
    }

    bool Copy(int literals)
    {
        if (isDamaged || literals > source.Length - next || literals > target.Length - written)
            return Damaged();
        for (; literals >= 32; literals -= 32)
            Place(Whole, 32);
        Place(Pieces[literals], literals);
        return true;
    }

    void Place(string pieces, int length)
    {
        var end = written += length;
        foreach (var piece in pieces)
        {
            var size = piece - '0';
            source.Slice(next, size).CopyTo(target[(end -= size)..]);
            next += size;
        }
    }

    bool Copy(Repeat repeat)
    {
        if (isDamaged || repeat.Distance > written || repeat.Distance <= 0 || repeat.Length > target.Length - written)
            return Damaged();
        // What is repeated may be what is being written.
        for (var i = 0; i < repeat.Length; i++, written++)
            target[written] = target[written - repeat.Distance];
        return true;
    }

    // Behind the end there are zeroes, and the copy that they lead to is not made.
    int Next()
    {
        isDamaged |= next >= source.Length;
        return isDamaged ? 0 : source[next++];
    }

    bool Damaged()
    {
        isDamaged = true;
        return false;
    }
}
