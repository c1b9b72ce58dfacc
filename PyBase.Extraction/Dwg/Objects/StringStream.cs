using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>From R2007 on texts stand by themselves, in front of a bit that says whether there are any; before that bit is their size.</summary>
static class StringStream
{
    /// <summary>Sets the reader to the texts that end before a bit; to nothing when there are none.</summary>
    public static void Find(BitReader texts, byte[] data, long flag)
    {
        texts.Set(data, flag, flag + 1);
        if (!texts.Bit())
        {
            texts.Set(data, flag, flag);
            return;
        }
        var at = flag - 16;
        texts.Set(data, at, flag);
        long size = texts.Short();
        if ((size & 0x8000) != 0)
        {
            at -= 16;
            texts.Set(data, at, flag);
            size = (size & 0x7FFF) | ((long)texts.Short() << 15);
        }
        texts.Set(data, at - size, at);
    }
}
