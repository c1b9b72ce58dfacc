namespace PyBase.Tests.Support;

/// <summary>The small files in <c>Samples/</c>, written for these tests.</summary>
public static class Samples
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Samples", name);

    public static byte[] Read(string name) => File.ReadAllBytes(Path(name));
}
