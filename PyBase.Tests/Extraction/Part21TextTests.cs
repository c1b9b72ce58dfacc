using Xunit;

namespace PyBase.Tests.Extraction;

public sealed class Part21TextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(@"a\\b", @"a\b")]
    [InlineData(@"C:\temp\x", @"C:\temp\x")]
    [InlineData(@"\X2\041F04400438\X0\!", "При!")]
    [InlineData(@"\X2\d83dde00\X0\", "😀")]
    [InlineData(@"\X4\0001F600\X0\x", "😀x")]
    [InlineData(@"\X2\00E4", "ä")]
    [InlineData(@"\X2\00\X0\", @"00\X0\")]
    [InlineData(@"\X2\D83D\X0\", "\uFFFD")]
    [InlineData(@"\X4\FFFFFFFF\X0\", "\uFFFD")]
    [InlineData(@"\X\C4rger", "Ärger")]
    [InlineData(@"\X\00", "\uFFFD")]
    [InlineData(@"\X\8AK\X\95a", "階病")]
    [InlineData(@"\X\93\S\q\X\8AK\X\92\X\8C500X500", "二階柱500X500")]
    [InlineData(@"\X\92\X\8C500", "柱500")]
    [InlineData(@"Block \X\96 A", "Block – A")]
    [InlineData(@"don\X\92t", "don’t")]
    [InlineData(@"\S\dger", "äger")]
    [InlineData(@"\PE\\S\P\PA\", "а")]
    [InlineData("\\X2\\00\r\nE4\\X0\\", "ä")]
    [InlineData("a\tb\r\nc", "abc")]
    public void Escapes_are_resolved(string raw, string expected) => Assert.Equal(expected, Part21Text.Text(raw));

    [Theory]
    [InlineData("utf-8", "Größe Ø10 ±0,1", "Größe Ø10 ±0,1")]
    [InlineData("windows-1252", "Träger für Gehäuse Ø10", "Träger für Gehäuse Ø10")]
    [InlineData("windows-1252", "Pièce détachée n° 3", "Pièce détachée n° 3")]
    [InlineData("windows-1251", "Скругление3", "Скругление3")]
    [InlineData("windows-1251", "КРЫШКА", "КРЫШКА")]
    [InlineData("windows-1251", "Втулка ГОСТ 1978-81", "Втулка ГОСТ 1978-81")]
    [InlineData("ibm866", "Шайба 3 ГОСТ 6402-70", "Шайба 3 ГОСТ 6402-70")]
    [InlineData("windows-1250", "Śruba sześciokątna", "Śruba sześciokątna")]
    [InlineData("shift_jis", "軸受ハウジング", "軸受ハウジング")]
    [InlineData("gb2312", "不锈钢螺栓", "不锈钢螺栓")]
    public void Raw_bytes_are_read_by_the_likeliest_code_page(string encoding, string text, string expected)
    {
        var bytes = (encoding == "utf-8" ? System.Text.Encoding.UTF8 : System.Text.CodePagesEncodingProvider.Instance.GetEncoding(encoding)!).GetBytes(text);
        Assert.Equal(expected, Part21Text.Text(System.Text.Encoding.Latin1.GetString(bytes)));
    }

    [Fact]
    public void Two_code_pages_may_share_a_string()
    {
        var bytes = Convert.FromHexString("d8e0e9e1e02044494e20373938302028eff0f3e6e8edede0ff295f98a0a9a1a0203320838e919220363430322d3730");
        Assert.Equal("Шайба DIN 7980 (пружинная)_Шайба 3 ГОСТ 6402-70", Part21Text.Text(System.Text.Encoding.Latin1.GetString(bytes)));
    }
}
