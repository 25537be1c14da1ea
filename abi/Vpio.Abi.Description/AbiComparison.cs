namespace Vpio.Abi.Description;

/// <summary>Compares two versions of the ABI by the rules of compatible growth (docs/abi.md, "Versions and features").</summary>
public sealed class AbiComparison
{
    private readonly List<AbiChange> _changes = [];
    private readonly AbiDescription _old;
    private readonly AbiDescription _new;

    private AbiComparison(AbiDescription old, AbiDescription @new)
    {
        _old = old;
        _new = @new;
    }

    /// <summary>Gets every difference, the worst first.</summary>
    public IReadOnlyList<AbiChange> Changes => [.. _changes.OrderByDescending(change => change.Compatibility)];

    /// <summary>Gets the worst of them.</summary>
    public AbiCompatibility Verdict => _changes.Count == 0 ? AbiCompatibility.Same : _changes.Max(change => change.Compatibility);

    /// <summary>Gets whether the version number tells of the changes: a new major version for what breaks the wire, at least a new minor one for additions.</summary>
    public bool VersionTells => Verdict switch
    {
        AbiCompatibility.WireBreaking => _new.Major > _old.Major,
        AbiCompatibility.Same => true,
        _ => _new.Major > _old.Major || (_new.Major == _old.Major && _new.Minor > _old.Minor),
    };

    /// <summary>Compares two versions.</summary>
    /// <param name="old">What others were built against.</param>
    /// <param name="new">What they would meet.</param>
    /// <returns>The differences and the verdict.</returns>
    public static AbiComparison Of(AbiDescription old, AbiDescription @new)
    {
        AbiComparison comparison = new(old, @new);
        comparison.CompareVersions();
        comparison.CompareTypes();
        return comparison;
    }

    private void Add(AbiCompatibility compatibility, string subject, string reason) => _changes.Add(new AbiChange(compatibility, subject, reason));

    private void CompareVersions()
    {
        if (_new.HypercallNumber != _old.HypercallNumber)
            Add(AbiCompatibility.WireBreaking, "hypercall", $"the number was {_old.HypercallNumber} and is {_new.HypercallNumber}");
        if ((_old.Features & ~_new.Features) != 0)
            Add(AbiCompatibility.WireBreaking, "features", $"the bits 0x{_old.Features & ~_new.Features:x} are gone");
        if ((_new.Features & ~_old.Features) != 0)
            Add(AbiCompatibility.Compatible, "features", $"the bits 0x{_new.Features & ~_old.Features:x} are new");
        if ((_new.Major, _new.Minor).CompareTo((_old.Major, _old.Minor)) < 0)
            Add(AbiCompatibility.WireBreaking, "version", $"it goes back from {_old.Major}.{_old.Minor} to {_new.Major}.{_new.Minor}");
    }

    private void CompareTypes()
    {
        Dictionary<string, AbiType> now = _new.Types().ToDictionary(type => type.Name);
        HashSet<string> before = [.. _old.Types().Select(type => type.Name)];
        foreach (AbiType type in _old.Types())
        {
            if (now.TryGetValue(type.Name, out AbiType? current))
                CompareType(type, current);
            else
                Add(AbiCompatibility.WireBreaking, type.Name, "the type is gone");
        }

        foreach (AbiType type in _new.Types().Where(type => !before.Contains(type.Name)))
            Add(AbiCompatibility.Compatible, type.Name, "the type is new");
    }

    private void CompareType(AbiType old, AbiType now)
    {
        if (old.CName != now.CName)
            Add(AbiCompatibility.SourceBreaking, old.Name, $"its name in C was {old.CName} and is {now.CName}");
        if (old.Kind != now.Kind || old.Type != now.Type)
            Add(AbiCompatibility.WireBreaking, old.Name, $"it was {old.Kind} {old.Type} and is {now.Kind} {now.Type}".Replace("  ", " ", StringComparison.Ordinal));
        if (old.SizeBytes != now.SizeBytes)
            Add(AbiCompatibility.WireBreaking, old.Name, $"its size was {old.SizeBytes} bytes and is {now.SizeBytes}");
        CompareConstants(old, now);
        CompareFields(old, now);
    }

    private void CompareConstants(AbiType old, AbiType now)
    {
        // The version itself is compared by its rules, above.
        if (old.Name == nameof(VpioVersion))
            return;
        Dictionary<string, AbiConstant> current = now.Constants.ToDictionary(constant => constant.Name);
        foreach (AbiConstant constant in old.Constants)
        {
            string subject = $"{old.Name}.{constant.Name}";
            if (!current.Remove(constant.Name, out AbiConstant? same))
                CompareRenamed(subject, constant, now);
            else if (same.Value != constant.Value)
                Add(AbiCompatibility.WireBreaking, subject, $"it was {constant.Value} and is {same.Value}");
            else if (same.CName != constant.CName || same.Type != constant.Type)
                Add(AbiCompatibility.SourceBreaking, subject, $"it was {constant.Type} {constant.CName} in C and is {same.Type} {same.CName}");
        }

        foreach (AbiConstant constant in current.Values.Where(constant => old.Constants.All(each => each.Value != constant.Value)))
            Add(AbiCompatibility.Compatible, $"{old.Name}.{constant.Name}", $"the number {constant.Value} is new");
    }

    private void CompareRenamed(string subject, AbiConstant old, AbiType now)
    {
        AbiConstant? heir = now.Constants.FirstOrDefault(constant => constant.Value == old.Value);
        if (heir is not null)
            Add(AbiCompatibility.SourceBreaking, subject, $"the number {old.Value} is called {heir.Name} now");
        else
            Add(AbiCompatibility.WireBreaking, subject, $"the number {old.Value} has no meaning any more");
    }

    private void CompareFields(AbiType old, AbiType now)
    {
        foreach (AbiField field in old.Fields.Where(field => !field.IsReserved()))
        {
            string subject = $"{old.Name}.{field.Name}";
            AbiField? there = now.Fields.FirstOrDefault(each => each.OffsetBytes == field.OffsetBytes && !each.IsReserved());
            if (now.Fields.FirstOrDefault(each => each.Name == field.Name) is { } same && same.OffsetBytes != field.OffsetBytes)
                Add(AbiCompatibility.WireBreaking, subject, $"it was at byte {field.OffsetBytes} and is at {same.OffsetBytes}");
            else if (there is null)
                Add(AbiCompatibility.WireBreaking, subject, $"byte {field.OffsetBytes} has no meaning any more");
            else
                CompareField(subject, field, there);
        }

        foreach (AbiField field in now.Fields.Where(field => !field.IsReserved()))
            CompareNewcomer(old, field);
    }

    private void CompareField(string subject, AbiField old, AbiField now)
    {
        if (old.Type != now.Type || old.Count != now.Count)
            Add(AbiCompatibility.WireBreaking, subject, $"it was {old.Type}[{old.Count}] and is {now.Type}[{now.Count}]");
        if (old.Writer != now.Writer)
            Add(AbiCompatibility.WireBreaking, subject, $"it was written by {old.Writer} and is by {now.Writer}");
        if (old.Unit != now.Unit)
            Add(AbiCompatibility.WireBreaking, subject, $"its unit was \"{old.Unit}\" and is \"{now.Unit}\"");
        if (old.Name != now.Name || old.CName != now.CName)
            Add(AbiCompatibility.SourceBreaking, subject, $"it is called {now.Name} ({now.CName} in C) now");
    }

    // A new field may take bytes that were reserved, or that no register had; the others are its forerunner's, compared above.
    private void CompareNewcomer(AbiType old, AbiField field)
    {
        AbiField[] touched = [.. old.Fields.Where(each => each.OffsetBytes < field.EndBytes() && field.OffsetBytes < each.EndBytes())];
        if (touched.Any(each => each.OffsetBytes == field.OffsetBytes && !each.IsReserved()))
            return;
        bool isFree = touched.All(each => each.IsReserved());
        Add(
            isFree ? AbiCompatibility.Compatible : AbiCompatibility.WireBreaking,
            $"{old.Name}.{field.Name}",
            isFree ? $"it takes bytes {field.OffsetBytes} to {field.EndBytes() - 1}, which were free" : $"it takes bytes that {string.Join(" and ", touched.Where(each => !each.IsReserved()).Select(each => each.Name))} had");
    }
}
