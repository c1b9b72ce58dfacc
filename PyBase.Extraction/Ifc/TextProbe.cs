using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>Finds instances whose texts may need a guess, and reads those texts once, so that the decoder knows.</summary>
static class TextProbe
{
    /// <summary>Bytes above 127, or <c>\X\8…</c>, <c>\X\9…</c>: characters that ISO 8859 does not have.</summary>
    public static bool IsUnusual(ReadOnlySpan<byte> inside)
    {
        if (inside.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
            return true;
        for (var at = inside.IndexOf(@"\X\"u8); at >= 0 && at + 3 < inside.Length;)
        {
            if (inside[at + 3] is (byte)'8' or (byte)'9')
                return true;
            var next = inside[(at + 3)..].IndexOf(@"\X\"u8);
            at = next < 0 ? -1 : at + 3 + next;
        }
        return false;
    }

    public static void DecodeAll(ArgumentReader arguments, int depth)
    {
        while (arguments.Next())
        {
            if (arguments.Kind == ArgumentKind.Text)
                arguments.Text();
            else if (arguments.Kind is ArgumentKind.List or ArgumentKind.Typed && depth > 0)
                DecodeAll(arguments.Items(), depth - 1);
        }
    }
}
