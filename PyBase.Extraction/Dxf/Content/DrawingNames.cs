using System.Diagnostics.CodeAnalysis;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Content;

/// <summary>Numbers for the names that nearly every entity repeats (types, layers), found from the file's bytes without allocating.</summary>
sealed class DrawingNames(TagText text)
{
    readonly Dictionary<byte[], int> numbers = new(BytesComparer.Instance);
    readonly List<string> names = [];

    public int Count => names.Count;

    public string this[int number] => number < 0 ? "" : names[number];

    /// <summary>The number of a name; upper and lower case differ.</summary>
    public int NumberOf(ReadOnlySpan<byte> name)
    {
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(name, out var number))
            return number;
        lookup[name] = names.Count;
        names.Add(text.Decode(name));
        return names.Count - 1;
    }

    sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);
        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        // Seeded per process: names cannot be chosen to collide.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
