using System.Collections;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Records;

delegate void FieldSetter<in T>(T record, TagReader tag);

/// <summary>How records of one type are made and filled.</summary>
abstract class RecordType(params string[] names)
{
    /// <summary>The types that are read so (group code 0).</summary>
    public IReadOnlyList<string> Names => names;

    public abstract DxfRecord Create();

    /// <summary>Takes the current pair into the record.</summary>
    public abstract void Apply(DxfRecord record, TagReader tag);

    /// <summary>Takes the current pair of the part behind <c>101 Embedded Object</c>.</summary>
    public abstract void ApplyEmbedded(DxfRecord record, TagReader tag);
}

/// <summary>A type as a table: group code to what its value means.</summary>
sealed class RecordType<T>(params string[] names) : RecordType(names), IEnumerable
    where T : DxfRecord, new()
{
    const int Codes = 512;

    readonly FieldSetter<T>?[] fields = new FieldSetter<T>?[Codes];

    /// <summary>What a code means; that of 101 holds for all codes behind <c>101 Embedded Object</c>.</summary>
    public void Add(int code, FieldSetter<T> setter) => fields[code] = setter;

    public void Add(int first, int last, FieldSetter<T> setter) => Array.Fill(fields, setter, first, last - first + 1);

    public override DxfRecord Create() => new T();

    public override void Apply(DxfRecord record, TagReader tag)
    {
        var setter = (uint)tag.Code < Codes ? fields[tag.Code] : null;
        setter?.Invoke((T)record, tag);
    }

    public override void ApplyEmbedded(DxfRecord record, TagReader tag) => fields[101]?.Invoke((T)record, tag);

    IEnumerator IEnumerable.GetEnumerator() => fields.GetEnumerator();
}
