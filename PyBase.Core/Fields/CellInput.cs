namespace PyBase.Core.Fields;

/// <summary>The circumstances in which a cell value is read.</summary>
/// <param name="FieldId">The field it is for.</param>
/// <param name="FieldName">The field's name, for error texts.</param>
/// <param name="Typecast">Turn strings into numbers, dates and choices, as Airtable's <c>typecast</c>.</param>
/// <param name="People">Whom a cell may name; null where nobody asked yet.</param>
/// <param name="TakesNewChoices">May typecast add a choice?</param>
public sealed record CellInput(string FieldId, string FieldName, bool Typecast, People? People = null, bool TakesNewChoices = true)
{
    readonly List<Choice> newChoices = [];

    /// <summary>Choices that typecast asked for and the field does not have yet.</summary>
    public IReadOnlyList<Choice> NewChoices => newChoices;

    /// <summary>The choice of this name that the field will get, made once.</summary>
    public Choice NewChoice(string name, int existing)
    {
        var choice = newChoices.FirstOrDefault(c => c.Name == name);
        if (choice is null)
            newChoices.Add(choice = new Choice(Ids.Id.New("sel"), name, Choice.ColourOf(existing + newChoices.Count)));
        return choice;
    }
}

/// <summary>The circumstances in which a cell is shown.</summary>
/// <param name="FileUrl">An expiring address for an attachment id.</param>
/// <param name="People">Who is behind the ids of people; loaded when a shown field needs it.</param>
/// <param name="Display">Everything as text for a reader; null for the values themselves.</param>
/// <param name="IsForStrangers">Without people's addresses, and without when records were made.</param>
public sealed record CellFormat(Func<string, string> FileUrl, People? People = null, CellDisplay? Display = null, bool IsForStrangers = false);
