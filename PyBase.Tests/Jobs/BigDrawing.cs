using System.Globalization;
using System.Text;

namespace PyBase.Tests.Jobs;

/// <summary>A drawing of as many texts as wanted, each one different.</summary>
static class BigDrawing
{
    public static byte[] Write(int texts)
    {
        var file = new StringBuilder("0\nSECTION\n2\nENTITIES\n");
        for (var n = 1; n <= texts; n++)
            file.Append(CultureInfo.InvariantCulture, $"0\nTEXT\n5\n{n:X}\n8\nnotes\n10\n{n}\n20\n0\n40\n2.5\n1\nNote {n}\n");
        return Encoding.ASCII.GetBytes(file.Append("0\nENDSEC\n0\nEOF\n").ToString());
    }
}
