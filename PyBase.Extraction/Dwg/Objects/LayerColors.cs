namespace PyBase.Extraction.Dwg.Objects;

/// <summary>
/// The colour index that DXF has beside a true colour: the nearest of the 255. From 10 on they go round the circle of hues in 24
/// steps, each in five shades and those paled by half.
/// </summary>
static class LayerColors
{
    const int White = 7;

    static readonly (int R, int G, int B)[] Palette = Build();

    /// <summary>Of 0xC2RRGGBB, 0xC30000II and the colours that others decide.</summary>
    public static int IndexOf(uint color) => (color >> 24) switch
    {
        0xC2 => Nearest((int)(color >> 16) & 255, (int)(color >> 8) & 255, (int)color & 255),
        0xC3 => (int)(color & 0xFFFF) is var index and <= 256 ? index : White,
        0xC0 => 256,
        0xC1 => 0,
        _ => White,
    };

    /// <summary>0xRRGGBB of an index; white of what is none.</summary>
    public static int Rgb(int index)
    {
        var (r, g, b) = Palette[index is > 0 and < 256 ? index : White];
        return (r << 16) | (g << 8) | b;
    }

    static int Nearest(int r, int g, int b)
    {
        var (best, least) = (White, int.MaxValue);
        for (var i = 1; i < Palette.Length; i++)
        {
            var (dr, dg, db) = (Palette[i].R - r, Palette[i].G - g, Palette[i].B - b);
            var distance = (dr * dr) + (dg * dg) + (db * db);
            if (distance < least)
                (best, least) = (i, distance);
        }
        return best;
    }

    static (int, int, int)[] Build()
    {
        var palette = new (int, int, int)[256];
        ReadOnlySpan<(int, int, int)> first =
            [(0, 0, 0), (255, 0, 0), (255, 255, 0), (0, 255, 0), (0, 255, 255), (0, 0, 255), (255, 0, 255), (255, 255, 255), (128, 128, 128), (192, 192, 192)];
        first.CopyTo(palette);
        ReadOnlySpan<double> shades = [255, 204, 153, 127, 76];
        for (var i = 10; i < 250; i++)
        {
            var hue = ((i / 10) - 1) * 15;
            var high = shades[(i % 10) / 2];
            var low = i % 2 == 0 ? 0 : high / 2;
            int Part(int turn)
            {
                var angle = Math.Abs((((hue + turn) % 360) + 360) % 360 - 180);
                return (int)(low + ((high - low) * Math.Clamp((angle - 60) / 60.0, 0, 1)));
            }
            palette[i] = (Part(0), Part(-120), Part(120));
        }
        ReadOnlySpan<int> greys = [51, 80, 105, 130, 190, 255];
        for (var i = 0; i < greys.Length; i++)
            palette[250 + i] = (greys[i], greys[i], greys[i]);
        return palette;
    }
}
