"""Plausible names of many cultures, put together by chance: nobody is meant."""

import random
from collections.abc import Sequence

WORDY = (
    (
        "Will Mark Rose May Grant Hope Grace Faith Joy Bill Frank Jack Chase Drew Dawn Eve Ivy Lily Violet Daisy "
        "Olive Pearl Amber Jade Summer Autumn April June Ray Guy Gene Miles Wade Cliff Heath Clay Dale Brook Art "
        "Dean Pat Rob Sue Max Victor Ernest Christian Robin Penny Nick Jay Melody Harmony Destiny Sky Forest Reed "
        "Sage Hunter Mason Cash Bob"
    ),
    (
        "Young King Price Long Short Page Bush Stone Wood Hill Lake Park Field Banks Best Case Cook Baker Carter "
        "Butler Brown Black White Green Gray Law Good Wise Sharp Noble Power Gross Rich Small Little Day Love Moon "
        "Fox Wolf Lamb Bird Swan Fish Pike Rice Berry Major Bishop Pope Judge Marsh Moss Rush Bell Ball Bond Cross "
        "Curry Gold Hunt Key Lane Mills Rivers Steel Strong Swift Temple Walker Ward Waters Weaver Wells West North "
        "English Holland Carpenter"
    ),
)
"""Given and family names that are words as well."""

CULTURES: dict[str, tuple[str, str]] = {
    "English": (
        (
            "Oliver Amelia Isla Harriet Callum Fiona Nigel Gareth Imogen Rhys Siobhan Declan Aoife Malcolm Beatrice "
            "Desmond Edmund Gwendolyn Tristan Rosalind"
        ),
        (
            "Whitfield Hargreaves Pemberton Ashworth Llewellyn O'Brien MacDonald Fitzgerald McAllister O'Sullivan "
            "Thistlewood Ramsbottom Cavendish Entwistle Jennings Prescott Hollingsworth Gallagher Donnelly"
            "Winterbourne"
        ),
    ),
    "German": (
        (
            "Jürgen Käthe Wolfgang Sabine Björn Annegret Heinz-Peter Uwe Liesel Matthias Gudrun Torsten Anneliese "
            "Dietmar Ulrike"
        ),
        (
            "Müller Schäfer Großmann Krüger Weiß Böhm Schröder Köhler Hoffmann Zimmermann Baumgärtner Vogelsang "
            "Lindenmeyer Dörfler Kühnert"
        ),
    ),
    "French": (
        (
            "Hélène Jean-Luc Océane Thibault Maëlle Benoît Aurélie Anne-Sophie Gaëtan Clémence Loïc Solène Étienne "
            "Margaux Yannick"
        ),
        (
            "Lefèvre Dubois Moreau Bélanger Rousseau Chevalier d'Aubigné Charpentier Fournier Guérin Beauchamp "
            "Delacroix Lacombe"
        ),
    ),
    "Spanish": (
        "José María Lucía Joaquín Inés Álvaro Begoña Íñigo Rocío Gonzalo Ximena Nuria Rodrigo Montserrat Maricarmen",
        (
            "García-López Fernández Núñez Ibáñez Rodríguez Muñoz Echeverría Villanueva Zapatero Quintana Domínguez "
            "Arroyo"
        ),
    ),
    "Portuguese": (
        "João Conceição Thiago Letícia Vinícius Beatriz Caetano Fabrício Luana Anderson",
        "Gonçalves Magalhães Figueiredo Cavalcanti Nascimento Albuquerque Vasconcelos Guimarães Teixeira",
    ),
    "Italian": (
        "Niccolò Giulia Alessandro Chiara Giancarlo Ludovica Fabrizio Ornella Pierfrancesco Agnese",
        "Esposito Bianchi D'Angelo Colombo Marchetti Pellegrini Santoro Deluca Fontanelli Caruso",
    ),
    "Nordic": (
        "Åsa Søren Ingrid Þórdís Mikkel Øystein Saga Anneli Väinö Lauri Sigurður Tove Ragnhild Torbjørn",
        "Lindqvist Ångström Sørensen Bjørnstad Virtanen Hämäläinen Jónsdóttir Dahlgren Kjærgaard Nyström Haugland",
    ),
    "Polish": (
        "Łukasz Małgorzata Zbigniew Agnieszka Wojciech Grażyna Paweł Bożena Krzysztof Jadwiga",
        "Wiśniewska Kowalczyk Błaszczyk Szymański Dąbrowski Grzegorczyk Żurawski Wójcik Jabłoński",
    ),
    "Czech": (
        "Jiří Zdeněk Ludmila Václav Květa Ondřej Šárka",
        "Novotný Dvořák Procházka Růžička Hájek Šťastný Vondráček",
    ),
    "Turkish": (
        "Çağla Özgür İbrahim Şeyma Gülşen Emre Ayşegül Kıvanç",
        "Yıldırım Öztürk Çelik Şahin Karataş Aydoğan Büyükkaya",
    ),
    "Indian": (
        (
            "Priyanka Arjun Lakshmi Venkatesh Anjali Harpreet Rajesh Sunita Aishwarya Siddharth Meenakshi Gurpreet "
            "Nandini"
        ),
        "Krishnamurthy Iyer Chatterjee Subramaniam Deshpande Bhattacharya Gupta Reddy Mukherjee Agarwal Venkataraman",
    ),
    "Vietnamese": (
        "Nguyễn Trần Phạm Hoàng Đặng Vũ Bùi",
        "Thị-Hương Minh-Châu Quốc-Bảo Thanh-Tùng Ngọc-Ánh Hữu-Phước Văn-Đức",
    ),
    "Nigerian": (
        "Chukwuemeka Ngozi Oluwaseun Ifeoma Babajide Adaeze Temitope Obinna Funmilayo",
        "Okafor Adeyemi Nwachukwu Ogunleye Eze-Okonkwo Balogun Abiodun Uzochukwu Olatunji",
    ),
    "East African": (
        "Wanjiru Kipchoge Amani Njoroge Achieng Baraka Makena",
        "Mwangi Odhiambo Kamau Wafula Cheruiyot Otieno Mutua",
    ),
    "Arabic": (
        "Abdulrahman Yasmine Khadija Mustafa Zaynab Tariq Rania Mahmoud",
        "al-Rashid El-Sayed Haddad Mansouri Bin-Laith Benkhalifa Qureshi Darwish",
    ),
    "Persian": (
        "Shirin Farhad Niloufar Behrouz Golnaz Kiarash",
        "Hosseini Tehrani Mohammadi Rostami Khosravi Jafarzadeh",
    ),
    "Japanese": (
        "Haruto Yuki Sakura Kenji Ayumi Takeshi Naoko",
        "Tanaka Watanabe Kobayashi Matsumoto Shimizu Hasegawa Yamaguchi",
    ),
    "Chinese": (
        "Xiaoming Weihua Jingyi Zhiqiang Meiling Guoqing",
        "Zhang Huang Zhou Xie Ouyang Zhao Jiang",
    ),
    "Korean": (
        "Ji-woo Min-seo Seung-hyun Hye-jin Dong-hyun",
        "Kwon Choi Jeong Hwang Baek Shin Noh",
    ),
    "Hawaiian and Maori": (
        "Keahi Leilani Tāne Aroha Kaimana",
        "Kealoha Ngata Kahananui Tūhoe Parata",
    ),
    "Cyrillic": (
        "Дмитрий Светлана Алексей Наталья",
        "Кузнецов Петрова Соловьёв Морозова",
    ),
    "Greek": (
        "Γιώργος Ελένη Δημήτρης",
        "Παπαδόπουλος Νικολάου Οικονόμου",
    ),
    "Hindi": (
        "प्रिया राजेश सुनीता",
        "शर्मा श्रीवास्तव चौधरी",
    ),
    "Hebrew": (
        "יעקב שירה אברהם",
        "כהן לוינשטיין מזרחי",
    ),
    "Arabic script": (
        "محمود فاطمة يوسف",
        "الحداد المنصوري القرشي",
    ),
}
"""Given names and family names, by where they are usual."""

WHOLE = ("王小明 李建国 张伟华 陈美玲 欧阳志强", "田中太郎 佐藤花子 鈴木一郎 渡辺真理子", "김민수 박지영 이승현 최혜진")
"""Names that are written without a space."""


def wordy(chance: random.Random) -> str:
    """A name each half of which is a word as well."""
    return f"{chance.choice(WORDY[0].split())} {chance.choice(WORDY[1].split())}"


def usual(chance: random.Random, among: Sequence[str]) -> str:
    """A name of one of some cultures."""
    given, family = CULTURES[chance.choice(among)]
    return f"{chance.choice(given.split())} {chance.choice(family.split())}"


def directory(size: int, seed: int) -> tuple[str, ...]:
    """An organisation of many cultures, every fifth of whom has a name that is two words as well."""
    chance = random.Random(seed)
    cultures = tuple(CULTURES)
    people = [name for each in WHOLE for name in each.split()]
    while len(people) < size:
        if chance.random() < 0.2:
            people.append(wordy(chance))
        elif chance.random() < 0.1:
            people.append(f"{chance.choice(WORDY[0].split())} {usual(chance, cultures).split()[-1]}")
        else:
            people.append(usual(chance, cultures))
    return tuple(people)
