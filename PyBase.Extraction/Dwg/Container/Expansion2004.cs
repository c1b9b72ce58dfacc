namespace PyBase.Extraction.Dwg.Container;

/// <summary>
/// The compression of R2004 and of R2010 to R2018, a kind of LZ77: literal bytes, then commands that repeat what was written
/// before and say in two bits how many literals follow. A command of 0x11 ends.
/// </summary>
ref struct Expansion2004(ReadOnlySpan<byte> source, Span<byte> target)
{
    const int End = 0x11;

    readonly ReadOnlySpan<byte> source = source;
    readonly Span<byte> target = target;
    int next, written;

    /// <summary>Fills the target; gives how many bytes were made, fewer when the source is damaged.</summary>
    public int Run()
    {
        var command = Next();
        if ((command & 0xF0) == 0)
        {
            if (!Literals(LiteralLength(command)))
                return written;
            command = Next();
        }
        while (command is not End and >= 0x10 && written < target.Length)
        {
            int length, distance, literals;
            if (command >= 0x40)
            {
                length = (command >> 4) - 1;
                distance = (((command >> 2) & 3) | (Next() << 2)) + 1;
                literals = command & 3;
            }
            else
            {
                var isFar = command < 0x20;
                length = RepeatLength(command, isFar ? 7 : 31);
                var low = Next();
                distance = (low >> 2) | (Next() << 6);
                distance = isFar ? (distance | ((command & 8) << 11)) + 0x4000 : distance + 1;
                literals = low & 3;
            }
            if (!Repeat(length, distance))
                return written;
            command = -1;
            if (literals == 0)
            {
                command = Next();
                if ((command & 0xF0) == 0)
                    literals = LiteralLength(command);
            }
            if (literals > 0)
            {
                if (!Literals(literals))
                    return written;
                command = Next();
            }
        }
        return written;
    }

    // Beyond its end the source ends everything.
    int Next() => next < source.Length ? source[next++] : End;

    int LiteralLength(int command)
    {
        var length = command & 15;
        return (length != 0 ? length : Long(15)) + 3;
    }

    int RepeatLength(int command, int mask)
    {
        var length = command & mask;
        return (length != 0 ? length : Long(mask)) + 2;
    }

    // Each zero is 255 more, up to a byte that is none; all of them belong to the length, even where it goes beyond what is wanted
    // of the page, whose last bytes are often filler.
    int Long(int length)
    {
        while (next < source.Length)
        {
            var part = source[next++];
            length = Math.Min(length, Pages2004.LargestPage) + (part != 0 ? part : 255);
            if (part != 0)
                break;
        }
        return length;
    }

    bool Literals(int count)
    {
        var possible = Math.Min(count, Math.Min(source.Length - next, target.Length - written));
        source.Slice(next, possible).CopyTo(target[written..]);
        next += possible;
        written += possible;
        return possible == count;
    }

    bool Repeat(int length, int distance)
    {
        if (distance > written)
            return false;
        var possible = Math.Min(length, target.Length - written);
        if (distance >= possible)
            target.Slice(written - distance, possible).CopyTo(target[written..]);
        else
        {
            // What is repeated may be what is being written.
            for (var i = 0; i < possible; i++)
                target[written + i] = target[written + i - distance];
        }
        written += possible;
        return possible == length;
    }
}
