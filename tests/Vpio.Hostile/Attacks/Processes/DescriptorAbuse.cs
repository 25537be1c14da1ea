namespace Vpio.Hostile.Attacks.Processes;

/// <summary>Does to each file that it was given what a kernel lets anybody try: shorten, lengthen, seal, punch holes, open anew for writing, map writable.</summary>
internal sealed unsafe class DescriptorAbuse() : Attack("descriptor-abuse", "truncates, grows, seals, punches holes into, opens anew, writes and maps writable every file that it was given")
{
    private const int Rounds = 20_000;
    private const int PageBytes = 4096;
    private const int AllSeals = 0x1F;

    private readonly RandomCalls _calls = new();

    public override bool NeedsProcess => true;

    public override void Strike(Assault assault)
    {
        if (assault.Thread > 0)
        {
            _calls.Strike(assault);
            return;
        }

        int[] descriptors = OwnFiles.Descriptors;
        (nint Start, nint Length, bool IsWritable)[] mappings = OwnFiles.Mappings;
        if (descriptors.Length == 0 || mappings.Length == 0)
            throw new InvalidOperationException("it was given no files to abuse");
        for (int round = 0; round < Rounds; round++)
        {
            Abuse(assault.Random, descriptors[assault.Random.Next(descriptors.Length)], assault.Port.Memory.LengthBytes);
            Abuse(assault.Random, mappings[assault.Random.Next(mappings.Length)]);
            assault.Touch();
        }

        assault.Publish();
    }

    private static void Abuse(Random random, int descriptor, long memoryBytes)
    {
        long place = random.Next(4) == 0 ? 0 : random.NextInt64(memoryBytes) & ~(PageBytes - 1L);
        switch (random.Next(9))
        {
            case 0:
                _ = Libc.SetLength(descriptor, 0);
                break;
            case 1:
                _ = Libc.SetLength(descriptor, random.NextInt64(2 * memoryBytes));
                break;
            case 2:
                _ = Libc.Control(descriptor, Libc.AddSeals, random.Next(AllSeals + 1));
                break;
            case 3:
                _ = Libc.Allocate(descriptor, Libc.PunchHole | Libc.KeepSize, place, PageBytes);
                break;
            case 4:
                _ = Libc.Allocate(descriptor, random.Next(2) == 0 ? 0 : Libc.ZeroRange, place, 2 * memoryBytes);
                break;
            case 5:
                Write(random, descriptor, place);
                break;
            case 6:
                Reopen(random, descriptor, place);
                break;
            default:
                MapWritable(random, descriptor);
                break;
        }
    }

    private static void Abuse(Random random, (nint Start, nint Length, bool IsWritable) mapping)
    {
        if (!mapping.IsWritable)
        {
            // What is mapped for reading: by another protection, and past it.
            if (Libc.Protect(mapping.Start, mapping.Length, Libc.ProtectRead | Libc.ProtectWrite) == 0)
                *(long*)(mapping.Start + random.Next(PageBytes / sizeof(long)) * sizeof(long)) = random.NextInt64();
            int memory = Libc.Open("/proc/self/mem", Libc.OpenForWriting);
            Write(random, memory, mapping.Start);
            _ = Libc.Close(memory);
        }

        if (random.Next(16) == 0)
            _ = Libc.Advise(mapping.Start, PageBytes, Libc.RemovePages);
    }

    private static void Write(Random random, int descriptor, long place)
    {
        byte* bytes = stackalloc byte[64];
        random.NextBytes(new Span<byte>(bytes, 64));
        _ = Libc.Write(descriptor, bytes, 64, place);
    }

    private static void Reopen(Random random, int descriptor, long place)
    {
        int again = Libc.Open($"/proc/self/fd/{descriptor}", random.Next(2) == 0 ? Libc.OpenTruncating : Libc.OpenForWriting);
        if (again < 0)
            return;
        Write(random, again, place);
        MapWritable(random, again);
        _ = Libc.Close(again);
    }

    private static void MapWritable(Random random, int descriptor)
    {
        nint start = Libc.Map(0, PageBytes, Libc.ProtectRead | Libc.ProtectWrite, Libc.MapShared, descriptor, 0);
        if (start == -1)
            return;
        *(long*)(start + (random.Next(PageBytes / sizeof(long)) * sizeof(long))) = random.NextInt64();
        _ = Libc.Unmap(start, PageBytes);
    }
}
