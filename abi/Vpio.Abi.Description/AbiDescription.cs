namespace Vpio.Abi.Description;

/// <summary>Describes one version of the ABI: every number, structure and register that crosses the border between hypervisor and guest.</summary>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
/// <param name="HypercallNumber">The number of <c>HYPERVISOR_device_op</c>.</param>
/// <param name="Features">The feature bits of the version.</param>
/// <param name="Headers">What each C header declares.</param>
public sealed record AbiDescription(
    ushort Major, ushort Minor, uint HypercallNumber, ulong Features, IReadOnlyList<AbiHeader> Headers)
{
    /// <summary>Gets every type, in the order of the headers.</summary>
    /// <returns>The types.</returns>
    public IEnumerable<AbiType> Types() => Headers.SelectMany(header => header.Chapters).SelectMany(chapter => chapter.Types);
}

/// <summary>Is what one C header declares.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">What it is, one sentence.</param>
/// <param name="Chapters">Its parts, in order: a part uses only what stands before it.</param>
public sealed record AbiHeader(string Name, string Title, IReadOnlyList<AbiChapter> Chapters);

/// <summary>Is a part of a header: types that belong together.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Types">The types, in order.</param>
public sealed record AbiChapter(string Title, IReadOnlyList<AbiType> Types);

/// <summary>Says what kind of declaration a type is.</summary>
public enum AbiKind
{
    /// <summary>A structure in shared memory.</summary>
    Structure,

    /// <summary>Numbers of which one at a time is meant.</summary>
    Enumeration,

    /// <summary>Bits of which several may be set.</summary>
    Flags,

    /// <summary>Constants that stand for themselves.</summary>
    Constants,

    /// <summary>A register file: offsets in a window.</summary>
    Registers,
}

/// <summary>Describes one type of the ABI.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="CName">Its name in C, or what the names of its constants begin with.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Type">The type of its numbers (u8 to u64, i32), for enumerations and flags; empty for the others.</param>
/// <param name="SizeBytes">The size of a structure, bytes; 0 for the others.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Remarks">Ordering, results and source, as documented.</param>
/// <param name="Constants">Its constants.</param>
/// <param name="Fields">Its fields or registers, by offset, without gaps in a structure.</param>
public sealed record AbiType(
    string Name,
    string CName,
    AbiKind Kind,
    string Type,
    int SizeBytes,
    string Summary,
    string Remarks,
    IReadOnlyList<AbiConstant> Constants,
    IReadOnlyList<AbiField> Fields);

/// <summary>Describes a named number.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="CName">Its name in C.</param>
/// <param name="Type">Its type, u8 to u64, or i32.</param>
/// <param name="Value">The number.</param>
/// <param name="Summary">What it means.</param>
public sealed record AbiConstant(string Name, string CName, string Type, Int128 Value, string Summary);

/// <summary>Describes a field of a structure or a register of a window.</summary>
/// <param name="Name">Its name in C#; of reserved bytes "Reserved" and a number.</param>
/// <param name="CName">Its name in C.</param>
/// <param name="OffsetBytes">Where it begins, bytes from the start of the structure or window.</param>
/// <param name="Type">The type of an element: u8 to u64, or the name of a structure.</param>
/// <param name="Count">How many elements; 1 for all but arrays.</param>
/// <param name="SizeBytes">Its size with all elements, bytes.</param>
/// <param name="Writer">Who writes it: HV, GST, or both.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Ordering">How accesses to it are ordered.</param>
/// <param name="Source">Where it is specified.</param>
/// <param name="Summary">What it means.</param>
public sealed record AbiField(
    string Name,
    string CName,
    int OffsetBytes,
    string Type,
    int Count,
    int SizeBytes,
    string Writer,
    string Unit,
    string Ordering,
    string Source,
    string Summary)
{
    /// <summary>Tells whether the field has no meaning yet: it is zero, and may get one in a later minor version.</summary>
    /// <returns><see langword="true"/> for reserved bytes.</returns>
    public bool IsReserved() => Name.StartsWith("Reserved", StringComparison.Ordinal);

    /// <summary>Gets where the field ends, bytes from the start.</summary>
    /// <returns>The offset behind its last byte.</returns>
    public int EndBytes() => OffsetBytes + SizeBytes;
}
