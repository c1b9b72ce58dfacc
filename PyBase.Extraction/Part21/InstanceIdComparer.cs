using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PyBase.Extraction.Part21;

/// <summary>
/// Compares instance names in dictionaries. The hash code of a long is the same for chosen numbers, and a file chooses its own
/// (<c>#4294967297</c>, <c>#8589934594</c>, …), so a hostile one could make every lookup a search. This hash is secret per process.
/// </summary>
sealed class InstanceIdComparer : IEqualityComparer<long>
{
    public static readonly InstanceIdComparer Instance = new();

    readonly ulong factor = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    public bool Equals(long x, long y) => x == y;

    public int GetHashCode([DisallowNull] long obj) => (int)(((ulong)obj * factor) >> 32);
}
