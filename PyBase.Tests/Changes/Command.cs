using CsCheck;

namespace PyBase.Tests.Changes;

/// <summary>Something that somebody does to a base, as numbers: which one of what is there by then is found by remainder, so that any command fits any base and shrinks.</summary>
public abstract record Command
{
    /// <summary>One to three new records.</summary>
    public sealed record Create(int Table, int[] Values) : Command;

    /// <summary>Cells of one record or two.</summary>
    public sealed record Update(int Table, int Record, int Field, int[] Values) : Command;

    /// <summary>By number, so that one is found, or none.</summary>
    public sealed record Upsert(int Table, int Key, int Value) : Command;

    public sealed record Delete(int Table, int Record) : Command;

    /// <summary>Other links for a record.</summary>
    public sealed record Link(int Field, int Record, int[] Others) : Command;

    public sealed record AddField(int Table, int Kind, int Source, int Other) : Command;

    /// <summary>Another formula for a formula field.</summary>
    public sealed record ChangeField(int Field, int Source, int Other) : Command;

    public sealed record RemoveField(int Field) : Command;

    /// <summary>Another name for a choice.</summary>
    public sealed record RenameChoice(int Choice, int Name) : Command;

    static readonly Gen<int> N = Gen.Int[0, 99];

    public static readonly Gen<Command> Any = Gen.Frequency<Command>(
        (5, Gen.Select(N, N.Array[1, 3]).Select((table, values) => (Command)new Create(table, values))),
        (10, Gen.Select(N, N, N, N.Array[1, 2]).Select((table, record, field, values) => (Command)new Update(table, record, field, values))),
        (3, Gen.Select(N, N, N).Select((table, key, value) => (Command)new Upsert(table, key, value))),
        (3, Gen.Select(N, N).Select((table, record) => (Command)new Delete(table, record))),
        (9, Gen.Select(N, N, N.Array[0, 3]).Select((field, record, others) => (Command)new Link(field, record, others))),
        (3, Gen.Select(N, N, N, N).Select((table, kind, source, other) => (Command)new AddField(table, kind, source, other))),
        (1, Gen.Select(N, N, N).Select((field, source, other) => (Command)new ChangeField(field, source, other))),
        (1, N.Select(field => (Command)new RemoveField(field))),
        (1, Gen.Select(N, N).Select((choice, name) => (Command)new RenameChoice(choice, name))));

    /// <summary>Rounds of commands of three writers; after each round everybody pauses.</summary>
    public static readonly Gen<Command[][][]> Rounds = Any.Array[2, 7].Array[3].Array[1, 3];
}
