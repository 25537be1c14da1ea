/// <summary>A card with an interface of its own, whose contracts say what a caller has to hold.</summary>
public class ContractedCard
{
    private const int Mode = 0x00;
    private const int Data = 0x04;

    public readonly Nic Nic = new();
    public readonly Nic Shadow = new();

    [Acquires(nameof(Nic))]
    public void Begin()
    {
        Nic.Grab();
        Nic.Write(Mode, 1);
    }

    [TryAcquires(true, nameof(Nic))]
    public bool TryBegin()
    {
        if (!Nic.TryGrab())
            return false;
        Nic.Write(Mode, 1);
        return true;
    }

    [Releases(nameof(Nic)), NoThrow]
    public void End()
    {
        Nic.Write(Mode, 0);
        Nic.Release();
    }

    [RequiresHeld(nameof(Nic)), NoThrow]
    public virtual void Send(uint word)
    {
        Nic.Write(Data, word);
        Nic.Write(Mode, 3);
    }

    [RequiresHeld(nameof(Nic)), NoThrow]
    public uint Receive() => Nic.Read(Data);

    [RequiresHeld(nameof(Nic))]
    public void SendAll(IEnumerable<uint> words)
    {
        foreach (uint word in words)
        {
            if (Nic.Wanted)
                break;
            Send(word);
        }
    }

    [Excludes(nameof(Nic))]
    public void Reset()
    {
        Begin();
        Nic.Write(Mode, 8);
        End();
        Thread.Sleep(1);
    }

    public void Exchange(uint word)
    {
        Begin();
        try
        {
            Send(word);
            MayFail();
        }
        finally
        {
            End();
        }

        Reset();
    }

    public uint Query(uint word)
    {
        if (TryBegin())
        {
            Send(word);
            uint answer = Receive();
            End();
            return answer;
        }

        return 0;
    }

    public void Save()
    {
        Shadow.Grab();
        Shadow.Write(Mode, 1);
        Shadow.Release();
    }

    public static void Fill([RequiresHeld] Nic card, uint word)
    {
        for (int i = 0; i < 16; i++)
            card.Write(i * 4, word);
    }

    public void FillShadow()
    {
        Shadow.Grab();
        try
        {
            Fill(Shadow, 0);
        }
        finally
        {
            Shadow.Release();
        }
    }
}

/// <summary>A card that sends twice.</summary>
public sealed class TwiceCard : ContractedCard
{
    [RequiresHeld(nameof(Nic)), NoThrow]
    public override void Send(uint word)
    {
        Nic.Write(8, word);
        base.Send(word);
    }
}
