using PyBase.Core.Files;

namespace PyBase.Tests.Files;

public sealed class ImageSizeTests
{
    [Theory]
    [InlineData("PNG", "89504E470D0A1A0A 0000000D 49484452 00000005 00000003 0806000000")]
    [InlineData("GIF", "474946383961 0500 0300 F700 00")]
    [InlineData("BMP from the bottom", "424D 00000000 00000000 00000000 28000000 05000000 03000000 0100")]
    [InlineData("BMP from the top", "424D 00000000 00000000 00000000 28000000 05000000 FDFFFFFF 0100")]
    [InlineData("JPEG", "FFD8 FFE0 0004 4A46 FFDB 0003 00 FFC0 0011 08 0003 0005 03 011100")]
    [InlineData("JPEG, progressive, with fill bytes and a Huffman table before", "FFD8 FFFF FFC4 0003 00 FFFF FFC2 0011 08 0003 0005 03 011100")]
    [InlineData("WebP, lossy", "52494646 00000000 57454250 56503820 00000000 000000 9D012A 0500 0300")]
    [InlineData("WebP, lossless", "52494646 00000000 57454250 5650384C 00000000 2F 04800000 0000000000")]
    [InlineData("WebP, extended", "52494646 00000000 57454250 56503858 0A000000 00000000 040000 020000")]
    public void A_picture_says_how_large_it_is(string what, string bytes) => Assert.Equal((what, new ImageSize(5, 3)), (what, ImageSize.Read(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)))));

    [Theory]
    [InlineData("")]
    [InlineData("49534F2D31303330332D3231")]
    [InlineData("89504E470D0A1A0A0000000D49484452000000050000")]
    [InlineData("89504E470D0A1A0A 0000000D 49484452 FFFFFFFF 00000003")]
    [InlineData("FFD8")]
    [InlineData("FFD8 FFE0 FFFF 00 00 00 00 00 00 00")]
    [InlineData("FFD8 FFE0 0000 FFE0 0000 FFE0 0000 FFE0 0000")]
    [InlineData("FFD8 FFDA 0002 00 00 00 00 00 00 00")]
    [InlineData("424D 00000000 00000000 00000000 28000000 05000000 00000080 0100")]
    [InlineData("52494646 00000000 57454250 56503821 00000000 00000000 00000000 0000")]
    public void What_is_broken_or_no_picture_says_nothing(string bytes) =>
        Assert.True(ImageSize.Read(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))) is null or { Width: > 0, Height: int.MaxValue });

    [Fact]
    public void No_bytes_break_it()
    {
        var random = new Random(11);
        foreach (var start in (string[])["FFD8FF", "89504E470D0A1A0A", "474946383961", "424D", "5249464600000000574542505650384C"])
            for (var n = 0; n < 2_000; n++)
            {
                var bytes = new byte[random.Next(3, 80)];
                random.NextBytes(bytes);
                var begin = Convert.FromHexString(start);
                begin.AsSpan(0, Math.Min(begin.Length, bytes.Length)).CopyTo(bytes);
                _ = ImageSize.Read(bytes);
            }
    }
}
