using PyBase.Core.Accounts;

namespace PyBase.Core.Fields;

/// <summary>Somebody as a cell shows them: <c>{id,email,name}</c>.</summary>
/// <param name="Id"><c>usr…</c>, what the cell stores.</param>
/// <param name="Email">The address as it was typed.</param>
/// <param name="Name">What others see.</param>
/// <param name="IsMember">Is in the base's workspace today, so that new cells may name them; who has left still shows in old ones.</param>
public sealed record Collaborator(string Id, string Email, string Name, bool IsMember);

/// <summary>Those whom the cells of a base may show.</summary>
public sealed class People
{
    readonly Dictionary<string, Collaborator> byId;
    readonly Dictionary<string, Collaborator> byEmail;

    /// <summary>Members and former members.</summary>
    public People(IEnumerable<Collaborator> everybody)
    {
        byId = everybody.ToDictionary(person => person.Id);
        byEmail = byId.Values.Where(person => person.IsMember).ToDictionary(person => EmailAddress.Normalise(person.Email));
    }

    /// <summary>By id, also somebody who has left.</summary>
    public Collaborator? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>A member by id or address.</summary>
    public Collaborator? Member(string idOrEmail) =>
        byId.GetValueOrDefault(idOrEmail) is { IsMember: true } person ? person : byEmail.GetValueOrDefault(EmailAddress.Normalise(idOrEmail));

    /// <summary>The one member of this name; null when there is none, or several.</summary>
    public Collaborator? MemberNamed(string name) => byEmail.Values.Where(person => person.Name == name).Take(2).ToArray() is [var only] ? only : null;
}
