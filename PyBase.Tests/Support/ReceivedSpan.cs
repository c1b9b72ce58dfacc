using System.Diagnostics;

namespace PyBase.Tests.Support;

/// <summary>A span as it came over the wire. Ids are lower-case hexadecimal; a root has no parent.</summary>
public sealed record ReceivedSpan(string Service, string Scope, string TraceId, string SpanId, string? ParentId, string Name, ActivityKind Kind)
{
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
