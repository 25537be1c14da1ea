using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Maps and unmaps the memory that its rings and buffers lie in, while the device works there, and as many mappings as it may have.</summary>
internal sealed class DmaChurn() : Attack("dma-churn", "maps and unmaps rings and buffers while the device works on them, up to as many mappings as there may be")
{
    private const ulong PageBytes = 4096;
    private const ulong Elsewhere = 0x80_0000_0000;
    private const int MostMappings = 4096;

    public override void Strike(Assault assault)
    {
        if (assault.Thread == 0)
            Load(assault);
        else
            Churn(assault);
    }

    /// <summary>Keeps the device busy on memory that comes and goes.</summary>
    private static void Load(Assault assault)
    {
        DeviceIndex device = assault.Devices[0];
        HostileRings rings = new(assault, device);
        while (assault.GoesOn && assault.Hold(device))
        {
            rings.SetUp();
            for (uint tail = 8; tail < 512 && assault.GoesOn && assault.WordOf(device).State == DeviceState.Owned; tail += 8)
            {
                rings.Write32(NicRegister.TxTail, tail);
                rings.Ring();
                assault.Grab(device, queue: false);
            }

            assault.Release(device);
        }
    }

    private static void Churn(Assault assault)
    {
        ulong memory = (ulong)assault.Port.Memory.LengthBytes;
        while (assault.GoesOn)
        {
            for (int turn = 0; turn < 500 && assault.GoesOn; turn++)
            {
                assault.Unmap(HostileRings.Iova, memory);
                assault.Map(HostileRings.Iova, 0, memory, turn % 5 == 0 ? DmaAccess.Read : DmaAccess.ReadWrite);
            }

            if (assault.Random.Next(8) == 0)
                FillTable(assault);
        }
    }

    private static void FillTable(Assault assault)
    {
        ulong last = Elsewhere;
        for (int i = 0; i < MostMappings + 2 && assault.GoesOn; i++, last += PageBytes)
        {
            if (assault.Map(last, 0, PageBytes, DmaAccess.Read) is not (DeviceStatus.Ok or DeviceStatus.NoMemory))
                break;
        }

        for (ulong iova = Elsewhere; iova < last && assault.GoesOn; iova += PageBytes)
            assault.Unmap(iova, PageBytes);
    }
}
